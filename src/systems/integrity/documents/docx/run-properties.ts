import type { Look } from "../look.ts";
import { isNearWhite } from "../near-white.ts";
import type { XmlAttributes } from "../packed/read-xml.ts";

/** Letters of one half of a point (in half-points: 1) can be told to be there, not read. */
const TINY_HALF_POINTS = 2;

/** Takes over a run property: an element within `w:rPr`. ECMA-376-1, section 17.3.2. */
export function applyRunProperty(look: Look, name: string, attributes: XmlAttributes): void {
  const value = attributes["w:val"];
  if (name === "w:vanish") look.hidden = isOn(value);
  else if (name === "w:color") look.white = isNearWhite(value);
  else if (name === "w:sz") look.tiny = Number(value) <= TINY_HALF_POINTS;
  else if (name === "w:shd") look.backed = isDarkShading(attributes);
  else if (name === "w:highlight") look.backed = value !== "none" && value !== "white";
}

/** Whether `w:shd` lays something behind the letters that is not white. ECMA-376-1, section 17.3.5. */
export function isDarkShading(attributes: XmlAttributes): boolean {
  const pattern = attributes["w:val"] ?? "clear";
  if (pattern === "nil") return false;
  const fill = attributes["w:fill"] ?? "auto";
  return pattern !== "clear" || (fill !== "auto" && !isNearWhite(fill));
}

/** A toggle property: on unless it says otherwise. */
function isOn(value: string | undefined): boolean {
  return value !== "0" && value !== "false" && value !== "off";
}
