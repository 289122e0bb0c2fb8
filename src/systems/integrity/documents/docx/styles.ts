import type { Look } from "../look.ts";
import type { XmlAttributes, XmlHandler } from "../packed/read-xml.ts";
import { applyRunProperty, isDarkShading } from "./run-properties.ts";

/** Where a paragraph stands in a list. */
export interface ListPlace {
  readonly list: string;
  readonly level: number;
}

interface Style {
  basedOn?: string;
  readonly look: Look;
  list?: string;
  level?: number;
  /** Word's own, for what forms of web pages leave behind when they are pasted: hidden, and nobody's words. */
  formBorder: boolean;
  /** It shades some of its cells or rows. */
  shades: boolean;
}

/** Styles upon styles; Word allows ten or so. */
const MAX_BASES = 30;

const FORM_BORDER = /^(HTML |z-)(Top|Bottom) of Form$/;

/** The styles of a Word document. ECMA-376-1, section 17.7. */
export class DocxStyles implements XmlHandler {
  readonly #styles = new Map<string, Style>();
  readonly #defaults: Look = {};
  #current: Style | null = null;

  open(name: string, attributes: XmlAttributes, parents: readonly string[]): void {
    const parent = parents.at(-1);
    if (name === "w:style") {
      this.#current = { look: {}, shades: false, formBorder: false };
      this.#styles.set(attributes["w:styleId"] ?? "", this.#current);
    } else if (parent === "w:rPr" && parents.at(-2) === "w:rPrDefault")
      applyRunProperty(this.#defaults, name, attributes);
    else if (this.#current !== null) this.#applyTo(this.#current, name, attributes, parents);
  }

  close(name: string): void {
    if (name === "w:style") this.#current = null;
  }

  /** How letters of a style look, the nearest of its bases first; then the document's defaults. */
  looksOf(ids: readonly (string | undefined)[]): Look[] {
    return [...ids.flatMap((id) => this.#chain(id).map(({ look }) => look)), this.#defaults];
  }

  /** Where paragraphs of a style are counted, if they are. */
  listOf(id: string | undefined): ListPlace | null {
    const chain = this.#chain(id);
    const list = chain.find((style) => style.list !== undefined)?.list;
    const level = chain.find((style) => style.level !== undefined)?.level ?? 0;
    return list === undefined ? null : { list, level };
  }

  isFormBorder(id: string | undefined): boolean {
    return this.#chain(id).some(({ formBorder }) => formBorder);
  }

  /** Whether a table of this style may have dark cells. */
  shadesTables(id: string | undefined): boolean {
    return this.#chain(id).some(({ shades }) => shades);
  }

  #applyTo(style: Style, name: string, attributes: XmlAttributes, parents: readonly string[]): void {
    const [grandparent, parent] = parents.slice(-2);
    const value = attributes["w:val"];
    if (name === "w:basedOn") style.basedOn = value;
    else if (name === "w:name") style.formBorder = FORM_BORDER.test(value ?? "");
    else if (name === "w:shd" && isDarkShading(attributes)) style.shades = true;
    if (parent === "w:rPr" && grandparent === "w:style") applyRunProperty(style.look, name, attributes);
    else if (name === "w:shd" && parent === "w:pPr") style.look.backed = isDarkShading(attributes);
    else if (name === "w:numId") style.list = value;
    else if (name === "w:ilvl") style.level = Number(value);
  }

  #chain(id: string | undefined): Style[] {
    const chain: Style[] = [];
    let style = id === undefined ? undefined : this.#styles.get(id);
    while (style !== undefined && chain.length < MAX_BASES) {
      chain.push(style);
      style = style.basedOn === undefined ? undefined : this.#styles.get(style.basedOn);
    }
    return chain;
  }
}
