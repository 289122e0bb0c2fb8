import type { Language } from "../language.ts";
import { type PreparedText, wordsIn } from "../prepared-text.ts";
import type { Span } from "../span.ts";
import { FUNCTION_WORDS } from "./function-words.ts";

/** A stretch of prose that is long enough to be measured. Word indices as `Words` has them, `last` exclusive. */
export interface StyleSegment {
  /** From the first of its pieces to the end of the last. */
  readonly span: Span;
  /** What of it is prose: headings, tables and entries of a bibliography between the pieces are not counted. */
  readonly pieces: readonly StylePiece[];
  /** Words in the pieces. */
  readonly words: number;
}

/** A paragraph, or sentences of a long one. */
export interface StylePiece {
  readonly span: Span;
  readonly first: number;
  readonly last: number;
}

/** Below a hundred words a measure of style says nothing. Source: spec/integrity.md section 3b. */
export const SEGMENT_WORDS = 100;

/** In long texts segments grow up to this many words: each says more, and fewer of them are compared. */
const LONGEST_SEGMENT_WORDS = 400;
const SEGMENTS_BEFORE_GROWTH = 30;

/** Prose of the three languages is 40 to 55 % function words; lists, tables, references, code and other languages are not. */
const PROSE_SHARE = 0.25;

/** A shorter line without a mark at its end is a heading. */
const HEADING_WORDS = 12;
const ENDS_SENTENCE = /[.!?…:;,"”’»)\]]$/u;

/** Segments of prose in the order of the text. O(length). */
export function findSegments(prepared: PreparedText, language: Language): StyleSegment[] {
  const pieces = prosePieces(prepared, language);
  const total = pieces.reduce((sum, { first, last }) => sum + last - first, 0);
  const target = Math.min(LONGEST_SEGMENT_WORDS, Math.max(SEGMENT_WORDS, total / SEGMENTS_BEFORE_GROWTH));
  return group(
    pieces.flatMap((piece) => cutLong(prepared, piece, target)),
    target,
  );
}

function prosePieces(prepared: PreparedText, language: Language): StylePiece[] {
  const known = FUNCTION_WORDS[language];
  const pieces: StylePiece[] = [];
  for (const span of prepared.paragraphs) {
    const { first, last } = wordsIn(prepared, span);
    if (
      last - first < HEADING_WORDS &&
      !ENDS_SENTENCE.test(prepared.text.slice(span.start, span.end).slice(-1))
    )
      continue;
    let grammar = 0;
    for (let word = first; word < last; word++) if (known.has(prepared.words.folded[word]!)) grammar++;
    if (grammar >= PROSE_SHARE * (last - first) && grammar > 0) pieces.push({ span, first, last });
  }
  return pieces;
}

/** A paragraph of at least two targets, cut at ends of sentences into parts of at least one. */
function cutLong(prepared: PreparedText, piece: StylePiece, target: number): StylePiece[] {
  if (piece.last - piece.first < 2 * target) return [piece];
  const parts: StylePiece[] = [];
  let { first } = piece;
  let start = piece.span.start;
  for (
    let index = sentenceEndingAfter(prepared.sentences, start);
    index < prepared.sentences.length;
    index++
  ) {
    const { end } = prepared.sentences[index]!;
    if (end >= piece.span.end) break;
    const { last } = wordsIn(prepared, { start, end });
    if (last - first < target || piece.last - last < target) continue;
    parts.push({ span: { start, end }, first, last });
    first = last;
    start = prepared.sentences[index + 1]?.start ?? end;
  }
  parts.push({ span: { start, end: piece.span.end }, first, last: piece.last });
  return parts;
}

/** Index of the first sentence that ends after an offset. O(log sentences). */
export function sentenceEndingAfter(sentences: readonly Span[], offset: number): number {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pieces put together until there are enough words; what is left at the end goes to the last segment. */
function group(pieces: readonly StylePiece[], target: number): StyleSegment[] {
  const groups: StylePiece[][] = [];
  let open: StylePiece[] = [];
  let words = 0;
  for (const piece of pieces) {
    open.push(piece);
    words += piece.last - piece.first;
    if (words < target) continue;
    groups.push(open);
    open = [];
    words = 0;
  }
  if (words > 0 && groups.length > 0) groups.at(-1)!.push(...open);
  return groups.map(toSegment);
}

function toSegment(pieces: StylePiece[]): StyleSegment {
  return {
    span: { start: pieces[0]!.span.start, end: pieces.at(-1)!.span.end },
    pieces,
    words: pieces.reduce((sum, { first, last }) => sum + last - first, 0),
  };
}
