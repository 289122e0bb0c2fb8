import { foldWord } from "../fold.ts";
import type { Span } from "../span.ts";
import { latin } from "./latin.ts";
import type { ParsedReference } from "./parsed-reference.ts";

/** One entry of a list of references. */
export interface ReferenceEntry {
  readonly reference: ParsedReference;
  readonly span: Span;
  /** Number of the list that it stands in: a text may have one per chapter. */
  readonly list: number;
  /** Whether it is surely one whole entry, and no part of another. */
  readonly sure: boolean;
}

const WORD = latin(String.raw`[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’\u2010\u2011-]*`, "g");
const SMALL = new Set(
  "de del la las los el lo y e and et al da das do dos di van von der den du le the of for a o un una en em in on jr sr eds ed".split(
    " ",
  ),
);

/** Words of a text, folded, without those that only join others. O(length). */
export function significantWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORD)) {
    const folded = foldWord(word).replace(/['’]s?$/, "");
    if (folded.length > 1 && !SMALL.has(folded)) words.push(folded);
  }
  return words;
}

/** Whether an entry has words that this folder can read: Latin letters, enough of them. */
export function isReadable({ reference }: ReferenceEntry): boolean {
  return significantWords(reference.raw).length >= 3;
}

/** `oms` for Organización Mundial de la Salud; empty for a single word. */
export function acronymOf(name: string): string {
  const initials = (name.match(latin(String.raw`(?<![\p{L}\p{M}])\p{Lu}`, "g")) ?? []).join("");
  return initials.length < 2 ? "" : foldWord(initials);
}

/** What a reader recognises an entry by: its authors and year, or how it begins. */
export function nameEntry({ reference }: ReferenceEntry): string {
  const { authorText, year, undated, yearSuffix, raw } = reference;
  if (authorText === "") return shorten(raw, 70);
  const date = year === null ? (undated ? " (s. f.)" : "") : ` (${year}${yearSuffix})`;
  const initial = /(?:^|[\s.-])\p{Lu}$/u.test(authorText) ? "." : "";
  return `${shorten(authorText + initial, 60)}${date}`;
}

/** Cut at a word, with an ellipsis. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/, "")}…`;
}
