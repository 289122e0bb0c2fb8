import type { Language } from "../language.ts";
import { type PreparedText, wordsIn } from "../prepared-text.ts";
import { FUNCTION_WORDS } from "./function-words.ts";
import { type StylePiece, type StyleSegment, sentenceEndingAfter } from "./segments.ts";

/**
 * What a stretch of text holds, as sums: those of two stretches add up to those of both, so that any stretch and its rest
 * come from prefix sums. Where each stands is said by the constants below; function words of the language come last.
 */
export type StyleSums = Float64Array;

export const WORDS = 0;
/** A sample takes three places: how many, their sum, the sum of their squares. */
export const SENTENCES = 1;
export const LETTERS = 4;
/** Hashed character trigrams. */
export const TRIGRAMS = 7;
export const TRIGRAM_BUCKETS = 1024;
export const CAPITALS = TRIGRAMS + TRIGRAM_BUCKETS;
export const DIGITS = CAPITALS + 1;
export const MARKS = DIGITS + 1;

/** Marks that are counted, by name. A straight quote is an apostrophe too. */
const MARKS_BY_NAME = {
  comma: ",",
  semicolon: ";",
  colon: ":",
  parenthesis: "(",
  dash: "–—―",
  question_mark: "?",
  exclamation_mark: "!",
  ellipsis: "…",
  straight_quote: "\"'",
  curly_quote: "“”‘’",
  angle_quote: "«»",
} as const;
export const MARK_NAMES = Object.keys(MARKS_BY_NAME);
export const FUNCTION_WORD_COUNTS = MARKS + MARK_NAMES.length;

const MARK_OF = new Map(
  Object.values(MARKS_BY_NAME).flatMap((marks, index) =>
    [...marks].map((mark) => [mark.charCodeAt(0), index] as const),
  ),
);

/** Sums of one segment. O(length of the segment). */
export function sumStyle(prepared: PreparedText, segment: StyleSegment, language: Language): StyleSums {
  const known = FUNCTION_WORDS[language];
  const sums = new Float64Array(FUNCTION_WORD_COUNTS + known.size);
  sums[WORDS] = segment.words;
  for (const piece of segment.pieces) {
    sumWords(prepared, piece, known, sums);
    sumSentences(prepared, piece, sums);
    sumCharacters(prepared.text.slice(piece.span.start, piece.span.end), sums);
  }
  return sums;
}

function sumWords(
  { text, words }: PreparedText,
  { first, last }: StylePiece,
  known: ReadonlyMap<string, number>,
  sums: StyleSums,
): void {
  for (let word = first; word < last; word++) {
    const start = words.starts[word]!;
    addTo(sums, LETTERS, words.ends[word]! - start);
    const index = known.get(words.folded[word]!);
    if (index !== undefined) sums[FUNCTION_WORD_COUNTS + index]!++;
    if (isDigit(text.charCodeAt(start))) sums[DIGITS]!++;
    else if (isCapital(text.charAt(start))) sums[CAPITALS]!++;
  }
}

/**
 * Sentences that begin in the piece, by the logarithm of their words, which is less skewed than their number. The capital
 * that each begins with says nothing and is taken back.
 */
function sumSentences(prepared: PreparedText, { span }: StylePiece, sums: StyleSums): void {
  const { sentences, words, text } = prepared;
  for (let index = sentenceEndingAfter(sentences, span.start); index < sentences.length; index++) {
    const sentence = sentences[index]!;
    if (sentence.start >= span.end) return;
    const start = Math.max(sentence.start, span.start);
    const { first, last } = wordsIn(prepared, { start, end: Math.min(sentence.end, span.end) });
    if (last === first) continue;
    addTo(sums, SENTENCES, Math.log(last - first));
    if (isCapital(text.charAt(words.starts[first]!))) sums[CAPITALS]!--;
  }
}

/**
 * Marks, and trigrams with at least one character that is no letter: those that hold the borders of words and the marks
 * tell authors apart across topics, those inside words tell topics (Sapkota et al., Not all character n-grams are created
 * equal, NAACL 2015). White space and digits are each one character.
 */
function sumCharacters(raw: string, sums: StyleSums): void {
  const text = raw.toLowerCase();
  let before = SPACE;
  let previous = SPACE;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const mark = unit < 0x40 || unit > 0xa0 ? MARK_OF.get(unit) : undefined;
    if (mark !== undefined) sums[MARKS + mark]!++;
    const now = isSpace(unit) ? SPACE : isDigit(unit) ? ZERO : unit;
    if (now === SPACE && previous === SPACE) continue;
    if (!(isLetter(before) && isLetter(previous) && isLetter(now))) {
      sums[TRIGRAMS + bucketOf(before, previous, now)]!++;
    }
    before = previous;
    previous = now;
  }
}

const SPACE = 0x20;
const ZERO = 0x30;

const isSpace = (unit: number) => unit === SPACE || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0;
const isDigit = (unit: number) => unit >= ZERO && unit <= 0x39;
const isLetter = (unit: number) => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0xc0 && unit < 0x2000);
const isCapital = (letter: string) => letter !== letter.toLowerCase();

/** The ten highest bits of a multiplicative hash. */
function bucketOf(a: number, b: number, c: number): number {
  return Math.imul(Math.imul(Math.imul(a, 0x9e37) + b, 0x85eb) + c, 0x9e3779b1) >>> 22;
}

function addTo(sums: StyleSums, place: number, value: number): void {
  sums[place]!++;
  sums[place + 1]! += value;
  sums[place + 2]! += value * value;
}

/** Prefix sums: the sums of segments `from` up to `to` are `between(prefix, from, to)`. */
export function prefixSums(segments: readonly StyleSums[]): StyleSums[] {
  const prefix: StyleSums[] = [new Float64Array(segments[0]?.length ?? 0)];
  for (const segment of segments) prefix.push(plus(prefix.at(-1)!, segment));
  return prefix;
}

export function between(prefix: readonly StyleSums[], from: number, to: number): StyleSums {
  return minus(prefix[to]!, prefix[from]!);
}

export function plus(a: StyleSums, b: StyleSums): StyleSums {
  return a.map((value, index) => value + b[index]!);
}

export function minus(a: StyleSums, b: StyleSums): StyleSums {
  return a.map((value, index) => value - b[index]!);
}
