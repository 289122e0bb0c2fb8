import { hiddenReason, type Look } from "../look.ts";
import type { XmlAttributes } from "../packed/read-xml.ts";
import type { HiddenReason } from "../port.ts";
import type { DocxNumbering } from "./numbering.ts";
import { applyRunProperty, isDarkShading } from "./run-properties.ts";
import type { DocxStyles } from "./styles.ts";

/** A paragraph under way: its properties, and those of its run under way. ECMA-376-1, section 17.3. */
export class DocxParagraph {
  readonly #styles: DocxStyles;
  readonly #look: Look = {};
  #style: string | undefined;
  #list: string | undefined;
  #level: number | undefined;
  #counted = false;
  #run: { readonly look: Look; style?: string } = { look: {} };
  #reason: HiddenReason | null | undefined;

  constructor(styles: DocxStyles) {
    this.#styles = styles;
  }

  open(name: string, attributes: XmlAttributes, parents: readonly string[]): void {
    const value = attributes["w:val"];
    const parent = parents.at(-1);
    if (name === "w:r") {
      this.#run = { look: {} };
      this.#reason = undefined;
    } else if (parent === "w:rPr" && parents.at(-2) === "w:r") {
      if (name === "w:rStyle") this.#run.style = value;
      else applyRunProperty(this.#run.look, name, attributes);
    } else if (parent === "w:pPr") {
      if (name === "w:pStyle") this.#style = value;
      else if (name === "w:shd") this.#look.backed = isDarkShading(attributes);
    } else if (name === "w:numId") this.#list = value;
    else if (name === "w:ilvl") this.#level = Number(value);
  }

  get isFormBorder(): boolean {
    return this.#styles.isFormBorder(this.#style);
  }

  /** Why nobody sees the run under way. */
  reason(dark: boolean): HiddenReason | null {
    if (this.#reason !== undefined) return this.#reason;
    const { look, style } = this.#run;
    const looks = [
      look,
      ...this.#styles.looksOf([style]),
      this.#look,
      ...this.#styles.looksOf([this.#style]),
    ];
    this.#reason = hiddenReason(looks, dark);
    return this.#reason;
  }

  /** Counts the paragraph, the first time, and yields its number or bullet. */
  label(numbering: DocxNumbering): string {
    if (this.#counted) return "";
    this.#counted = true;
    const place = this.#styles.listOf(this.#style);
    const list = this.#list ?? place?.list;
    return list === undefined ? "" : numbering.next({ list, level: this.#level ?? place?.level ?? 0 });
  }
}
