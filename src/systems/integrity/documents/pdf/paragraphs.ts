import type { DocumentText } from "../document-text.ts";
import { bordersOf, type Line, textOf } from "./lines.ts";

/** Lines before and after that tell how a line's column is set. */
const AROUND = 12;
/** Ends of sentences, with what may close them. */
const CLOSED = /[.!?…]["'”’»)\]]*\s*$/;
const HYPHENATED = /\p{L}[-\u2010\u00ad]\s*$/u;
const LOWER = /^\s*\p{Ll}/u;
/** What begins an item: a bullet, or a number in brackets. */
const ITEM = /^\s*([•▪●◦–]\s|\[\d{1,4}\]\s)/;

/** An entry of a table of contents: dots that lead to a page. */
const LEADS = /(\. ?){5,}\s*\S{1,8}\s*$/;

/** How lines around a line are set. */
interface Column {
  readonly left: number;
  readonly right: number;
  /** From baseline to baseline. */
  readonly pitch: number;
}

/** Joins the lines of a document's pages to paragraphs, where a reader would see them. */
export class PdfParagraphs {
  readonly #text: DocumentText;
  #last: { readonly line: Line; readonly column: Column } | null = null;

  constructor(text: DocumentText) {
    this.#text = text;
  }

  /** The lines of the next page. O(lines + characters). */
  addPage(lines: readonly Line[]): void {
    lines.forEach((line, at) => {
      const column = columnAround(lines, at);
      if (this.#last !== null) this.#join(this.#last, line, at === 0, lines[at + 1]);
      this.#last = { line, column };
    });
  }

  /** Hands over the last line. */
  finish(): void {
    if (this.#last !== null) this.#write(this.#last.line);
    this.#last = null;
  }

  #join(before: { line: Line; column: Column }, line: Line, newPage: boolean, next: Line | undefined): void {
    const isNew = isNewParagraph(before.line, before.column, line, newPage, next);
    const hyphenated =
      !isNew && HYPHENATED.test(bordersOf(before.line).end) && LOWER.test(bordersOf(line).start);
    this.#write(before.line, hyphenated);
    if (isNew) this.#text.breakWith("\n\n");
    else if (!hyphenated) this.#text.append(" ");
  }

  #write({ pieces }: Line, hyphenated = false): void {
    pieces.forEach((piece, at) => {
      const isLast = at === pieces.length - 1;
      const text = textOf(piece);
      const words = isLast ? text.trimEnd() : text;
      this.#text.append(isLast && hyphenated ? words.slice(0, -1) : words, piece.reason);
    });
  }
}

function isNewParagraph(
  before: Line,
  column: Column,
  line: Line,
  newPage: boolean,
  next: Line | undefined,
): boolean {
  const { start } = bordersOf(line);
  const { end } = bordersOf(before);
  if (ITEM.test(start) || LEADS.test(end)) return true;
  if (before.pieces.at(-1)?.reason !== line.pieces[0]?.reason) return true;
  const goesOn = LOWER.test(start);
  const closed = !goesOn && CLOSED.test(end);
  const drop = before.base - line.base;
  const jumps = newPage || before.angle !== line.angle || drop <= 0 || drop > 4 * before.size;
  if (jumps) return !goesOn;
  if (goesOn && HYPHENATED.test(end)) return false;
  if (Math.abs(line.size - before.size) > 0.15 * before.size) return true;
  if (drop > 1.3 * column.pitch) return true;
  const short = (column.right - before.end) / Math.max(column.right - column.left, 1);
  if (short > (closed ? 0.12 : 0.35)) return true;
  return isIndented(before, line, closed, next);
}

/** First lines that are set in, and hanging ones: the next line tells which of both a line is. */
function isIndented(before: Line, line: Line, closed: boolean, next: Line | undefined): boolean {
  const em = 0.8 * line.size;
  const indent = line.start - before.start;
  if (indent > em) return closed;
  if (indent >= -em) return false;
  const hangs =
    next !== undefined && next.start - line.start > em && Math.abs(next.start - before.start) < em;
  return closed && hangs;
}

function columnAround(lines: readonly Line[], at: number): Column {
  const line = lines[at] as Line;
  const around = lines
    .slice(Math.max(0, at - AROUND), at + AROUND + 1)
    .filter(({ start, angle }) => angle === line.angle && Math.abs(start - line.start) < 6 * line.size);
  const pitches: number[] = [];
  around.forEach(({ base }, index) => {
    const pitch = (around[index - 1]?.base ?? base) - base;
    if (pitch > 0 && pitch < 4 * line.size) pitches.push(pitch);
  });
  pitches.sort((a, b) => a - b);
  return {
    left: Math.min(...around.map(({ start }) => start)),
    right: Math.max(...around.map(({ end }) => end)),
    pitch: pitches[pitches.length >> 1] ?? 4 * line.size,
  };
}
