import type { NumericCitation } from "./citation.ts";

const SQUARE = /\[([\d\s,;–-]{1,60})(?:,\s?(?:pp?|págs?|cap)\.[^[\]]{1,30})?\]/g;
const ROUND = /\((\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,15})\)/g;
/** No list is cited in wider ranges, and no more numbers than this stand in one pair of brackets. */
const WIDEST = 60;

/** `[3]-[5]` as one citation. */
const JOINED = /\[(\d{1,3})\]\s?[-–]\s?\[(\d{1,3})\]/g;
/** `a[10]` is a place in an array, `growth[10]` a citation. */
const INDEXED = /(?<![\p{L}\p{N}])[\p{L}\p{N}_]{1,2}$/u;

/** Places where a text cites by number: `[3]`, `[2-5]`, `[1, 3]`; round brackets as well. O(length). */
export function findNumericCitations(text: string): NumericCitation[] {
  const found: NumericCitation[] = [];
  for (const [pattern, square] of [
    [SQUARE, true],
    [JOINED, true],
    [ROUND, false],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const numbers = expand(match[2] === undefined ? match[1]! : `${match[1]}-${match[2]}`);
      if (numbers.length === 0 || INDEXED.test(text.slice(Math.max(0, match.index - 3), match.index)))
        continue;
      found.push({
        kind: "numeric",
        span: { start: match.index, end: match.index + match[0].length },
        numbers,
        square,
      });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function expand(list: string): number[] {
  const numbers: number[] = [];
  for (const part of list.split(/[,;]/)) {
    const [from = 0, to = from] = (part.match(/\d+/g) ?? []).map(Number);
    if (from < 1 || to < from || to - from > WIDEST || to > 999) return [];
    for (let number = from; number <= to; number++) numbers.push(number);
  }
  return numbers.length > WIDEST ? [] : numbers;
}
