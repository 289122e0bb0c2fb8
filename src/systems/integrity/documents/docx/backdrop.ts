import { isNearWhite } from "../near-white.ts";
import type { XmlAttributes } from "../packed/read-xml.ts";
import { isDarkShading } from "./run-properties.ts";
import type { DocxStyles } from "./styles.ts";

/**
 * Whether something darker than paper may lie behind a place, beyond what its paragraph says: the page, a table, a
 * cell, a shape. In doubt it does: white letters on a dark shape are no hidden text.
 */
export class Backdrop {
  readonly #styles: DocxStyles;
  readonly #layers: { readonly element: string; dark: boolean }[] = [];
  #darkPage = false;

  constructor(styles: DocxStyles) {
    this.#styles = styles;
  }

  get isDark(): boolean {
    return this.#darkPage || this.#layers.some(({ dark }) => dark);
  }

  open(name: string, attributes: XmlAttributes, parents: readonly string[]): void {
    const parent = parents.at(-1);
    const top = this.#layers.at(-1);
    if (name === "w:background") this.#darkPage = !isNearWhite(attributes["w:color"]);
    else if (name === "w:tbl" || name === "w:tc") this.#layers.push({ element: name, dark: false });
    // A shape's style may fill it, and so may older notations that are not looked into.
    else if (name === "wps:wsp" || name === "w:pict") this.#layers.push({ element: name, dark: true });
    else if (top === undefined) return;
    else if (name === "w:tblStyle") top.dark ||= this.#styles.shadesTables(attributes["w:val"]);
    else if (name === "w:shd" && (parent === "w:tcPr" || parent === "w:tblPr"))
      top.dark ||= isDarkShading(attributes);
    else if (parent === "wps:spPr" && name === "a:noFill") top.dark = false;
    else if (parent === "a:solidFill" && parents.at(-2) === "wps:spPr")
      top.dark = name !== "a:srgbClr" || !isNearWhite(attributes.val);
  }

  close(name: string): void {
    if (this.#layers.at(-1)?.element === name) this.#layers.pop();
  }
}
