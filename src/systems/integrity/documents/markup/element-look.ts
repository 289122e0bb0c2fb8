import type { Look } from "../look.ts";
import { isNearWhite } from "../near-white.ts";

/** Grounds that are none. */
const NO_GROUND = /^(transparent|none|inherit|initial|unset)$/;

/** What an HTML element says itself, by its attributes, about how its letters look. */
export function elementLook(attributes: Readonly<Record<string, string>>): Look {
  const style = declarations(attributes.style ?? "");
  const look: Look = {};
  const color = style.get("color") ?? attributes.color;
  if (color !== undefined) look.white = isWhite(color);
  const ground = style.get("background-color") ?? style.get("background") ?? attributes.bgcolor;
  if (ground !== undefined && !NO_GROUND.test(ground)) look.backed = !isWhite(ground);
  const size = style.get("font-size");
  if (size !== undefined) look.tiny = /^0*(\.\d+)?(px|pt|em|rem|%)?$|^1(px|pt)$/.test(size);
  if (isHidden(style, attributes)) look.hidden = true;
  return look;
}

function isHidden(style: ReadonlyMap<string, string>, attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes.hidden !== undefined ||
    style.get("display") === "none" ||
    style.get("visibility") === "hidden" ||
    Number(style.get("opacity") ?? 1) === 0
  );
}

function declarations(style: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const declaration of style.slice(0, 5_000).toLowerCase().split(";")) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace("!important", "");
    found.set(declaration.slice(0, colon).trim(), value.trim());
  }
  return found;
}

function isWhite(color: string): boolean {
  if (color === "white" || isNearWhite(color)) return true;
  const channels = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/.exec(color)?.slice(1) ?? [];
  return (
    channels.length === 3 &&
    isNearWhite(channels.map((channel) => Number(channel).toString(16).padStart(2, "0")).join(""))
  );
}
