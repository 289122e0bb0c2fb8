import type { Span } from "../../../../algorithms/text/span.ts";
import { wordEndBefore, wordStartFrom } from "./cut-text.ts";

/** A place with what stands around it, as one line of text. */
export interface Excerpt {
  /** Begins with an ellipsis where the text goes on. */
  readonly before: string;
  readonly place: string;
  /** Ends with an ellipsis where the text goes on. */
  readonly after: string;
}

export interface ExcerptSize {
  /** UTF-16 units on each side. */
  readonly context: number;
  /** Most units of the place itself; of a longer one, beginning and end are shown. */
  readonly longest: number;
}

const SPACES = /\s+/g;
/** An empty line parts paragraphs: two line ends. */
const PARAGRAPH_LINES = 2;
const LEFT_OUT = " […] ";

/** O(size). */
export function excerptOf(text: string, { start, end }: Span, { context, longest }: ExcerptSize): Excerpt {
  const from = wordStartFrom(text, start - context, start);
  const to = wordEndBefore(text, end + context, end);
  return {
    before: (from > 0 ? "…" : "") + oneLine(text.slice(from, start)),
    place: oneLine(shortened(text, { start, end }, longest)),
    after: oneLine(text.slice(end, to)) + (to < text.length ? "…" : ""),
  };
}

function shortened(text: string, { start, end }: Span, longest: number): string {
  if (end - start <= longest) return text.slice(start, end);
  const head = wordEndBefore(text, start + Math.ceil(longest * 0.75), start + 1);
  const tail = wordStartFrom(text, end - Math.floor(longest * 0.25), end);
  return text.slice(start, head) + LEFT_OUT + text.slice(tail, end);
}

function oneLine(text: string): string {
  return text.replace(SPACES, (space) => (space.split("\n").length > PARAGRAPH_LINES ? " ¶ " : " "));
}
