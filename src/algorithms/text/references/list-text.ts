import type { PreparedText } from "../prepared-text.ts";
import { wordsIn } from "../prepared-text.ts";
import type { Span } from "../span.ts";

/** Places of one word that are looked at, and how far behind a name its year may stand. UTF-16 units. */
const MOST_PLACES = 40;
const REACH = 500;

/** The words of lists of references as they stand, whatever entries were made of them. */
export class ListText {
  readonly #text: string;
  readonly #places = new Map<string, number[]>();

  /** O(words of the lists). */
  constructor(prepared: PreparedText, lists: readonly Span[]) {
    this.#text = prepared.text;
    const { folded, starts } = prepared.words;
    for (const list of lists) {
      const { first, last } = wordsIn(prepared, list);
      for (let index = first; index < last; index++) {
        const places = this.#places.get(folded[index]!);
        if (places === undefined) this.#places.set(folded[index]!, [starts[index]!]);
        else if (places.length < MOST_PLACES) places.push(starts[index]!);
      }
    }
  }

  /** Whether a word stands in a list with a year soon behind it, or the word is too frequent to tell. */
  has(word: string, year: number): boolean {
    const places = this.#places.get(word) ?? [];
    if (places.length === MOST_PLACES) return true;
    return places.some((start) => this.#text.slice(start, start + REACH).includes(String(year)));
  }
}
