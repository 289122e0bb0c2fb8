import { type Cell, DocumentText } from "../document-text.ts";
import { hiddenReason, type Look } from "../look.ts";
import type { XmlAttributes, XmlHandler } from "../packed/read-xml.ts";
import type { HiddenReason } from "../port.ts";
import { type OdtListStyles, OdtLists } from "./lists.ts";
import type { OdtStyles } from "./styles.ts";

/** Elements whose text is none of the document's as it is read. */
const LEFT_OUT = new Set([
  "text:tracked-changes",
  "office:annotation",
  "text:note-citation",
  "text:ruby-text",
  "office:forms",
  "draw:object",
  "?:title",
  "?:desc",
]);

/** Families of styles of the elements that letters stand in. */
const LETTERS: Readonly<Record<string, string>> = {
  "text:p": "paragraph",
  "text:h": "paragraph",
  "text:span": "text",
  "text:a": "text",
};

/** Families of styles of the elements that may lie behind. */
const GROUNDS: Readonly<Record<string, readonly [family: string, attribute: string]>> = {
  "table:table": ["table", "table:style-name"],
  "table:table-cell": ["table-cell", "table:style-name"],
  "draw:frame": ["graphic", "draw:style-name"],
  "draw:custom-shape": ["graphic", "draw:style-name"],
  "text:section": ["section", "text:style-name"],
};

/** The document's text, or that of a box or note within it. */
interface Story {
  readonly text: DocumentText;
  readonly boxes: DocumentText[];
}

const newStory = (): Story => ({ text: new DocumentText(), boxes: [] });

/** Turns an OpenDocument text's body into text. OpenDocument 1.3 part 3, sections 5 to 7 and 9. */
export class OdtBody implements XmlHandler {
  readonly #styles: OdtStyles;
  readonly #lists: OdtLists;
  readonly #stories: Story[] = [];
  readonly #letters: { readonly element: string; readonly looks: readonly Look[] }[] = [];
  readonly #grounds: { readonly element: string; readonly dark: boolean }[] = [];
  readonly #cells: Cell[] = [];
  readonly #notes = new DocumentText();
  #reason: HiddenReason | null | undefined;
  #hiddenSections = 0;
  #leftOut = 0;
  #story = newStory();
  insertions = 0;
  deletions = 0;

  constructor(styles: OdtStyles, listStyles: OdtListStyles) {
    this.#styles = styles;
    this.#lists = new OdtLists(listStyles);
  }

  /** The whole text, notes at its end. */
  finish(): DocumentText {
    const { text, boxes } = this.#story;
    for (const box of boxes.splice(0)) text.appendText(box);
    text.appendText(this.#notes);
    return text;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === "text:insertion") this.insertions++;
    else if (name === "text:deletion") this.deletions++;
    if (this.#leftOut > 0 || LEFT_OUT.has(name)) {
      this.#leftOut++;
      return;
    }
    const family = LETTERS[name];
    if (family !== undefined) this.#openLetters(name, family, attributes);
    const ground = GROUNDS[name];
    if (ground !== undefined) this.#openGround(name, ground[0], attributes[ground[1]]);
    this.#openStructure(name, attributes);
    this.#character(name, attributes);
  }

  close(name: string): void {
    if (this.#leftOut > 0) {
      this.#leftOut--;
      return;
    }
    if (this.#letters.at(-1)?.element === name) {
      this.#letters.pop();
      this.#reason = undefined;
    }
    if (this.#grounds.at(-1)?.element === name) this.#grounds.pop();
    this.#closeStructure(name);
  }

  text(words: string): void {
    // White space is one space, as in HTML: section 6.1.2.
    if (this.#leftOut === 0 && this.#letters.length > 0) this.#append(words.replace(/[ \t\r\n]+/g, " "));
  }

  #openLetters(element: string, family: string, attributes: XmlAttributes): void {
    const looks = this.#styles.looksOf(family, attributes["text:style-name"]);
    this.#letters.push({ element, looks });
    this.#reason = undefined;
  }

  #openGround(element: string, family: string, style: string | undefined): void {
    this.#grounds.push({ element, dark: this.#styles.isDark(family, style) });
  }

  #openStructure(name: string, attributes: XmlAttributes): void {
    if (name === "text:list") this.#lists.openList(attributes);
    else if (name === "text:list-item") this.#lists.openItem(attributes);
    else if (name === "text:h") this.#lists.openHeading(attributes);
    else if (name === "table:table-cell") this.#cells.push(this.#story.text.openCell());
    else if (name === "text:note-body" || name === "draw:text-box") {
      this.#stories.push(this.#story);
      this.#story = newStory();
    } else if (name === "text:section" && (this.#hiddenSections > 0 || attributes["text:display"] === "none"))
      this.#hiddenSections++;
  }

  #closeStructure(name: string): void {
    const { text, boxes } = this.#story;
    if (name === "text:p" || name === "text:h") {
      text.breakWith("\n\n");
      for (const box of boxes.splice(0)) text.appendText(box);
    } else if (name === "text:list") this.#lists.closeList();
    else if (name === "table:table-cell") this.#closeCell();
    else if (name === "table:table-row") text.breakWith("\n");
    else if (name === "table:table") text.breakWith("\n\n");
    else if (name === "text:section" && this.#hiddenSections > 0) this.#hiddenSections--;
    else if (name === "text:note-body" || name === "draw:text-box") {
      this.#story = this.#stories.pop() ?? newStory();
      if (name === "text:note-body") this.#notes.appendText(text);
      else this.#story.boxes.push(text);
    }
  }

  #closeCell(): void {
    const cell = this.#cells.pop();
    if (cell !== undefined) this.#story.text.closeCell(cell);
  }

  #character(name: string, attributes: XmlAttributes): void {
    if (this.#letters.length === 0) return;
    if (name === "text:tab") this.#append("\t");
    else if (name === "text:line-break") this.#append("\n");
    else if (name === "text:s")
      this.#append(" ".repeat(Math.min(100, Number(attributes["text:c"] ?? 1) || 1)));
    else if (name === "text:hidden-text")
      this.#append(attributes["text:string-value"] ?? "", attributes["text:is-hidden"] === "true");
  }

  #append(words: string, hidden = false): void {
    const { text } = this.#story;
    if (words === "") return;
    if (words.trim() !== "") {
      const label = this.#lists.takeLabel();
      if (label !== "") text.append(`${label} `);
    }
    text.append(words, hidden ? "not_shown" : this.#reasonHere());
  }

  #reasonHere(): HiddenReason | null {
    if (this.#hiddenSections > 0) return "not_shown";
    if (this.#reason !== undefined) return this.#reason;
    const dark = this.#styles.darkPage || this.#grounds.some((ground) => ground.dark);
    const looks = this.#letters.toReversed().flatMap((letters) => letters.looks);
    this.#reason = hiddenReason(looks, dark);
    return this.#reason;
  }
}
