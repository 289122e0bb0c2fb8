import { numeral } from "../numeral.ts";
import type { XmlAttributes, XmlHandler } from "../packed/read-xml.ts";

interface Level {
  readonly bullet: boolean;
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  /** How many of the levels' numbers are shown, the own one included. */
  readonly shown: number;
}

interface OpenList {
  readonly style: string;
  count: number;
}

const LEVEL_ELEMENTS = new Set([
  "text:list-level-style-number",
  "text:list-level-style-bullet",
  "text:list-level-style-image",
  "text:outline-level-style",
]);
const MAX_LEVELS = 10;
const OUTLINE = "";

/** Levels of lists and of headings, from the parts that have styles. OpenDocument 1.3 part 3, section 16.30. */
export class OdtListStyles implements XmlHandler {
  readonly #styles = new Map<string, Map<number, Level>>();
  #current: Map<number, Level> | null = null;

  open(name: string, attributes: XmlAttributes): void {
    if (name === "text:list-style" || name === "text:outline-style") {
      this.#current = new Map();
      this.#styles.set(
        name === "text:outline-style" ? OUTLINE : (attributes["style:name"] ?? "?"),
        this.#current,
      );
    } else if (LEVEL_ELEMENTS.has(name)) {
      const level = Number(attributes["text:level"] ?? 1);
      this.#current?.set(level, {
        bullet: name === "text:list-level-style-bullet" || name === "text:list-level-style-image",
        format: attributes["style:num-format"] ?? "",
        prefix: (attributes["style:num-prefix"] ?? "").slice(0, 20),
        suffix: (attributes["style:num-suffix"] ?? "").slice(0, 20),
        start: Number(attributes["text:start-value"] ?? 1),
        shown: Number(attributes["text:display-levels"] ?? 1),
      });
    }
  }

  close(name: string): void {
    if (name === "text:list-style" || name === "text:outline-style") this.#current = null;
  }

  level(style: string, level: number): Level | undefined {
    return this.#styles.get(style)?.get(level);
  }
}

/** Numbers and bullets before the items of lists and before headings: a reader sees them, the text has them not. */
export class OdtLists {
  readonly #styles: OdtListStyles;
  readonly #open: OpenList[] = [];
  /** Where a list of a style left off, for those that go on. */
  readonly #last = new Map<string, number>();
  readonly #headings: number[] = [];
  #pending = "";

  constructor(styles: OdtListStyles) {
    this.#styles = styles;
  }

  openList(attributes: XmlAttributes): void {
    const style = attributes["text:style-name"] ?? this.#open.at(-1)?.style ?? "?";
    const goesOn =
      attributes["text:continue-numbering"] === "true" || attributes["text:continue-list"] !== undefined;
    const start = this.#styles.level(style, this.#open.length + 1)?.start ?? 1;
    this.#open.push({ style, count: goesOn ? (this.#last.get(style) ?? start - 1) : start - 1 });
  }

  closeList(): void {
    const list = this.#open.pop();
    if (list !== undefined) this.#last.set(list.style, list.count);
  }

  openItem(attributes: XmlAttributes): void {
    const list = this.#open.at(-1);
    if (list === undefined) return;
    const start = Number(attributes["text:start-value"] ?? Number.NaN);
    list.count = Number.isInteger(start) ? start : list.count + 1;
    const counts = this.#open.map(({ count }) => count);
    this.#pending = this.#label(list.style, counts);
  }

  openHeading(attributes: XmlAttributes): void {
    const level = Number(attributes["text:outline-level"] ?? 1);
    if (!(level >= 1 && level <= MAX_LEVELS) || attributes["text:is-list-header"] === "true") return;
    for (let at = 0; at < level - 1; at++)
      this.#headings[at] ??= this.#styles.level(OUTLINE, at + 1)?.start ?? 1;
    const start = this.#styles.level(OUTLINE, level)?.start ?? 1;
    this.#headings[level - 1] = (this.#headings[level - 1] ?? start - 1) + 1;
    this.#headings.length = level;
    this.#pending ||= this.#label(OUTLINE, this.#headings);
  }

  /** What stands before the paragraph that has just begun to have text; empty where nothing does. */
  takeLabel(): string {
    const label = this.#pending;
    this.#pending = "";
    return label;
  }

  #label(style: string, counts: readonly number[]): string {
    const own = this.#styles.level(style, counts.length);
    if (own === undefined) return "";
    if (own.bullet) return "•";
    if (own.format === "") return "";
    const first = Math.max(0, counts.length - Math.max(1, own.shown));
    const numbers = counts
      .slice(first)
      .map((count, at) => numeral(count, this.#styles.level(style, first + at + 1)?.format ?? "1"));
    return `${own.prefix}${numbers.filter((number) => number !== "").join(".")}${own.suffix}`;
  }
}
