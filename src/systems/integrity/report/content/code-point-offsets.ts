import type { Span } from "../../../../algorithms/text/span.ts";

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Translates places in code points, as findings carry them, to UTF-16 offsets of one text. */
export class CodePointOffsets {
  readonly #length: number;
  /** Code points, ascending, that take two units. */
  readonly #pairs: Uint32Array;

  /** O(length). */
  constructor(text: string) {
    const pairs: number[] = [];
    for (let at = 1; at < text.length; at++) {
      if (isLowSurrogate(text.charCodeAt(at)) && isHighSurrogate(text.charCodeAt(at - 1))) {
        pairs.push(at - 1 - pairs.length);
      }
    }
    this.#pairs = Uint32Array.from(pairs);
    this.#length = text.length;
  }

  /** UTF-16 offset of a code point, within the text. O(log of the pairs). */
  at(codePoint: number): number {
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pairs[middle]! < codePoint) low = middle + 1;
      else high = middle;
    }
    return Math.min(Math.max(codePoint + low, 0), this.#length);
  }

  /** The place in UTF-16 offsets; null where it begins behind the text's end, as the place of another text would. */
  span({ start, end }: Span): Span | null {
    const from = this.at(start);
    return start < 0 || end < start || from + (start < end ? 1 : 0) > this.#length
      ? null
      : { start: from, end: this.at(end) };
  }
}
