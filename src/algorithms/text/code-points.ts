import type { Span } from "./span.ts";

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Translates UTF-16 offsets of one text, which JavaScript counts in, to code points, which its readers count in. */
export class CodePoints {
  /** Code points of the whole text. */
  readonly count: number;
  /** Offsets of the second halves of pairs, ascending: each is one unit that is no code point of its own. */
  readonly #secondHalves: Uint32Array;

  /** O(length). */
  constructor(text: string) {
    const halves: number[] = [];
    for (let at = 1; at < text.length; at++) {
      if (isLowSurrogate(text.charCodeAt(at)) && isHighSurrogate(text.charCodeAt(at - 1))) halves.push(at);
    }
    this.#secondHalves = Uint32Array.from(halves);
    this.count = text.length - halves.length;
  }

  /** Code points before a UTF-16 offset. O(log of the pairs). */
  at(offset: number): number {
    let low = 0;
    let high = this.#secondHalves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#secondHalves[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return offset - low;
  }

  span({ start, end }: Span): Span {
    return { start: this.at(start), end: this.at(end) };
  }
}

/** Code points of a text. O(length). */
export function countCodePoints(text: string): number {
  return new CodePoints(text).count;
}
