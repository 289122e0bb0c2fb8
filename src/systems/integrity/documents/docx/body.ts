import { type Cell, DocumentText } from "../document-text.ts";
import type { XmlAttributes, XmlHandler } from "../packed/read-xml.ts";
import { Backdrop } from "./backdrop.ts";
import type { DocxNumbering } from "./numbering.ts";
import { DocxParagraph } from "./paragraph.ts";
import type { DocxStyles } from "./styles.ts";

/** Elements whose text is no part of the document as it is read: deleted, superseded, or said a second time. */
const LEFT_OUT = new Set([
  "w:del",
  "w:moveFrom",
  "w:rPrChange",
  "w:pPrChange",
  "w:tblPrChange",
  "w:tcPrChange",
  "w:trPrChange",
  "w:sectPrChange",
  "w:rt",
  "mc:Fallback",
]);

/** Elements of a run that stand for a character. */
const CHARACTERS: Readonly<Record<string, string>> = {
  "w:tab": "\t",
  "w:ptab": "\t",
  "w:br": "\n",
  "w:cr": "\n",
  "w:noBreakHyphen": "-",
};

/** The document's text, or that of a box within it: boxes follow the paragraph that they are anchored in. */
interface Story {
  readonly text: DocumentText;
  readonly boxes: DocumentText[];
  readonly paragraphs: DocxParagraph[];
}

const newStory = (): Story => ({ text: new DocumentText(), boxes: [], paragraphs: [] });

/** Turns a part with paragraphs (the body, the footnotes) into text. ECMA-376-1, section 17. */
export class DocxBody implements XmlHandler {
  readonly #styles: DocxStyles;
  readonly #numbering: DocxNumbering;
  readonly #backdrop: Backdrop;
  readonly #stories: Story[] = [];
  readonly #cells: Cell[] = [];
  /** Elements open within one that is left out, itself included. */
  #leftOut = 0;
  #story = newStory();
  /** Tracked changes. */
  insertions = 0;
  deletions = 0;
  /** Other documents that are to be read in its place. */
  embedded = 0;

  constructor(styles: DocxStyles, numbering: DocxNumbering) {
    this.#styles = styles;
    this.#numbering = numbering;
    this.#backdrop = new Backdrop(styles);
  }

  get content(): DocumentText {
    return this.#story.text;
  }

  open(name: string, attributes: XmlAttributes, parents: readonly string[]): void {
    if (this.#leftOut > 0) {
      this.#leftOut++;
      return;
    }
    this.#count(name);
    if (LEFT_OUT.has(name)) {
      this.#leftOut = 1;
      return;
    }
    this.#backdrop.open(name, attributes, parents);
    const { paragraphs, text } = this.#story;
    paragraphs.at(-1)?.open(name, attributes, parents);
    if (name === "w:p") paragraphs.push(new DocxParagraph(this.#styles));
    else if (name === "w:tc") this.#cells.push(text.openCell());
    else if (name === "w:txbxContent") {
      this.#stories.push(this.#story);
      this.#story = newStory();
    } else if (parents.at(-1) === "w:r") this.#append(CHARACTERS[name] ?? "");
  }

  close(name: string): void {
    if (this.#leftOut > 0) {
      this.#leftOut--;
      return;
    }
    this.#backdrop.close(name);
    const { text } = this.#story;
    if (name === "w:p") this.#endParagraph();
    else if (name === "w:tc") this.#closeCell();
    else if (name === "w:tr") text.breakWith("\n");
    else if (name === "w:tbl") text.breakWith("\n\n");
    else if (name === "w:txbxContent") this.#endBox();
  }

  text(words: string, parents: readonly string[]): void {
    const parent = parents.at(-1);
    if (this.#leftOut === 0 && (parent === "w:t" || parent === "m:t")) this.#append(words);
  }

  #append(words: string): void {
    const { text, paragraphs } = this.#story;
    const paragraph = paragraphs.at(-1);
    if (paragraph === undefined || words === "" || paragraph.isFormBorder) return;
    const label = paragraph.label(this.#numbering);
    if (label !== "") text.append(`${label} `);
    text.append(words, paragraph.reason(this.#backdrop.isDark));
  }

  #endParagraph(): void {
    const { text, boxes, paragraphs } = this.#story;
    // Empty paragraphs of a list have their numbers, too.
    paragraphs.pop()?.label(this.#numbering);
    text.breakWith("\n\n");
    for (const box of boxes.splice(0)) text.appendText(box);
  }

  #endBox(): void {
    const { text } = this.#story;
    this.#story = this.#stories.pop() ?? newStory();
    this.#story.boxes.push(text);
  }

  #closeCell(): void {
    const cell = this.#cells.pop();
    if (cell !== undefined) this.#story.text.closeCell(cell);
  }

  #count(name: string): void {
    if (name === "w:ins" || name === "w:moveTo") this.insertions++;
    else if (name === "w:del" || name === "w:moveFrom") this.deletions++;
    else if (name === "w:altChunk") this.embedded++;
  }
}
