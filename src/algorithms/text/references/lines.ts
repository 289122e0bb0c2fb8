import type { Span } from "../span.ts";

/** One line that is not empty: its text without the white space around it, and where that text stands. */
export interface Line {
  readonly text: string;
  readonly span: Span;
  /** Whether an empty line stands before it. */
  readonly apart: boolean;
  /** Spaces or tabs before it. */
  readonly indent: number;
}

/** Lines of a place in a text. O(length). */
export function linesIn(text: string, { start, end }: Span): Line[] {
  const lines: Line[] = [];
  let apart = false;
  for (let at = start; at < end; ) {
    const newline = text.indexOf("\n", at);
    const until = newline < 0 || newline > end ? end : newline;
    const whole = text.slice(at, until);
    const line = whole.trim();
    if (line === "") apart = true;
    else {
      const indent = whole.indexOf(line);
      const from = at + indent;
      lines.push({ text: line, span: { start: from, end: from + line.length }, apart, indent });
      apart = false;
    }
    at = until + 1;
  }
  return lines;
}
