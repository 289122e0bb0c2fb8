import { numeral } from "../numeral.ts";
import type { XmlAttributes, XmlHandler } from "../packed/read-xml.ts";
import type { ListPlace } from "./styles.ts";

interface Level {
  start: number;
  format: string;
  text: string;
}

interface List {
  definition: string;
  /** Where levels begin in this list only. */
  readonly starts: Map<number, number>;
}

const MAX_LEVELS = 9;
/** A definition's levels that say nothing. */
const PLAIN: Level = { start: 1, format: "decimal", text: "" };

/**
 * Numbers and bullets that Word writes before paragraphs: they are nowhere in the text, but a reader sees them, and
 * "[12]" before a reference is what it is cited by. ECMA-376-1, section 17.9.
 */
export class DocxNumbering implements XmlHandler {
  readonly #definitions = new Map<string, Map<number, Level>>();
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, number[]>();
  readonly #begun = new Set<string>();
  #levels: Map<number, Level> | null = null;
  #level: Level | null = null;
  #list: List | null = null;
  #override = 0;

  open(name: string, attributes: XmlAttributes): void {
    const value = attributes["w:val"] ?? "";
    if (name === "w:abstractNum") {
      this.#levels = new Map();
      this.#definitions.set(attributes["w:abstractNumId"] ?? "", this.#levels);
    } else if (name === "w:num") {
      this.#list = { definition: "", starts: new Map() };
      this.#lists.set(attributes["w:numId"] ?? "", this.#list);
    } else if (name === "w:lvl") {
      this.#level = { ...PLAIN };
      this.#levels?.set(Number(attributes["w:ilvl"]), this.#level);
    } else if (name === "w:lvlOverride") this.#override = Number(attributes["w:ilvl"]);
    else if (name === "w:startOverride") this.#list?.starts.set(this.#override, Number(value));
    else if (name === "w:abstractNumId" && this.#list !== null) this.#list.definition = value;
    else if (this.#level !== null) applyTo(this.#level, name, value);
  }

  close(name: string): void {
    if (name === "w:abstractNum") this.#levels = null;
    else if (name === "w:num") this.#list = null;
    else if (name === "w:lvl") this.#level = null;
  }

  /** Counts a paragraph, and yields what stands before it; empty where nothing does. */
  next({ list: id, level }: ListPlace): string {
    const list = this.#lists.get(id);
    if (list === undefined || !(level >= 0 && level < MAX_LEVELS)) return "";
    const levels = this.#definitions.get(list.definition);
    const counts = this.#counts.get(list.definition) ?? [];
    this.#counts.set(list.definition, counts);
    if (!this.#begun.has(id)) {
      this.#begun.add(id);
      for (const overridden of list.starts.keys()) counts.length = Math.min(counts.length, overridden);
    }
    const start = (at: number) => list.starts.get(at) ?? levels?.get(at)?.start ?? 1;
    for (let at = 0; at < level; at++) counts[at] ??= start(at);
    const count = counts[level];
    counts[level] = count === undefined ? start(level) : count + 1;
    counts.length = level + 1;
    const { format, text } = levels?.get(level) ?? PLAIN;
    if (format === "bullet") return "•";
    return text.replace(/%([1-9])/g, (_, digit) => {
      const at = Number(digit) - 1;
      return numeral(counts[at] ?? start(at), levels?.get(at)?.format ?? "decimal");
    });
  }
}

function applyTo(level: Level, name: string, value: string): void {
  if (name === "w:start") level.start = Number(value);
  else if (name === "w:numFmt") level.format = value;
  else if (name === "w:lvlText") level.text = value.slice(0, 60);
}
