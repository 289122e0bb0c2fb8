import type { Look } from "../look.ts";
import { isNearWhite } from "../near-white.ts";
import type { XmlAttributes, XmlHandler } from "../packed/read-xml.ts";

interface Style {
  readonly look: Look;
  readonly family: string;
  readonly parent: string | undefined;
  /** What lies behind: a cell's, a box's, a paragraph's ground. */
  dark: boolean;
}

/** Styles upon styles. */
const MAX_BASES = 30;
/** Letters of one point or less can be told to be there, not read. */
const TINY_POINTS = 1;

/** The styles of an OpenDocument text, of both of its parts. OpenDocument 1.3 part 3, section 16. */
export class OdtStyles implements XmlHandler {
  readonly #styles = new Map<string, Style>();
  #current: Style | null = null;
  /** The page has a ground that is not white. */
  darkPage = false;

  open(name: string, attributes: XmlAttributes): void {
    const family = attributes["style:family"] ?? "";
    if (name === "style:style" || name === "style:default-style") {
      this.#current = { look: {}, family, parent: attributes["style:parent-style-name"], dark: false };
      this.#styles.set(keyOf(family, attributes["style:name"]), this.#current);
    } else if (name === "style:page-layout-properties") this.darkPage ||= isDark(attributes);
    else if (this.#current === null) return;
    else if (name === "style:text-properties") applyText(this.#current.look, attributes);
    else if (name.endsWith("-properties")) applyGround(this.#current, attributes);
  }

  close(name: string): void {
    if (name === "style:style" || name === "style:default-style") this.#current = null;
  }

  /** How letters of a style look, the nearest of its bases first, the family's defaults last. */
  looksOf(family: string, name: string | undefined): Look[] {
    const looks = this.#chain(family, name).map(({ look, dark }) =>
      dark ? { ...look, backed: true } : look,
    );
    const defaults = this.#styles.get(keyOf(family, undefined))?.look;
    return defaults === undefined ? looks : [...looks, defaults];
  }

  /** Whether things of a style (cells, boxes, sections) have a ground that is not white. */
  isDark(family: string, name: string | undefined): boolean {
    return this.#chain(family, name).some(({ dark }) => dark);
  }

  #chain(family: string, name: string | undefined): Style[] {
    const chain: Style[] = [];
    let style = name === undefined ? undefined : this.#styles.get(keyOf(family, name));
    while (style !== undefined && chain.length < MAX_BASES) {
      chain.push(style);
      style = style.parent === undefined ? undefined : this.#styles.get(keyOf(family, style.parent));
    }
    return chain;
  }
}

function keyOf(family: string, name: string | undefined): string {
  return `${family}/${name ?? ""}`;
}

function applyText(look: Look, attributes: XmlAttributes): void {
  const { "fo:color": color, "text:display": display, "fo:font-size": size } = attributes;
  if (display !== undefined) look.hidden = display === "none";
  if (color !== undefined)
    look.white = isNearWhite(color) && attributes["style:use-window-font-color"] !== "true";
  if (size?.endsWith("pt")) look.tiny = Number.parseFloat(size) <= TINY_POINTS;
  if (attributes["fo:background-color"] !== undefined) look.backed = isDark(attributes);
}

function applyGround(style: Style, attributes: XmlAttributes): void {
  const { "draw:fill": fill, "draw:fill-color": color } = attributes;
  style.dark ||= isDark(attributes);
  if (fill !== undefined) style.dark ||= fill !== "none" && !(fill === "solid" && isNearWhite(color));
}

function isDark({ "fo:background-color": ground = "transparent" }: XmlAttributes): boolean {
  return ground !== "transparent" && !isNearWhite(ground);
}
