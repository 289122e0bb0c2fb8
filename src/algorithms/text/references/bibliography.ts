import type { Span } from "../span.ts";
import {
  closesBibliography,
  inlineHeading,
  isBibliographyHeading,
  markdownLevel,
} from "./bibliography-heading.ts";
import { latin } from "./latin.ts";
import { type Line, linesIn } from "./lines.ts";
import { type EntryPlace, isEntryLike, splitEntries } from "./split-entries.ts";

/** A list of references of a text. */
export interface Bibliography {
  /** The line that names it; null where the entries stand at the end without one. */
  readonly heading: Span | null;
  /** From the heading to the end of the last entry. */
  readonly span: Span;
  readonly entries: readonly EntryPlace[];
}

/** Paragraphs of prose in a row that show that the list is over. */
const PROSE_RUN = 3;
/** An entry is never longer, in UTF-16 units. */
const PROSE = 700;

/** Lists of references in order: below their headings, or as a block of entries at the end. O(length). */
export function findBibliographies(text: string): Bibliography[] {
  const lines = linesIn(text, { start: 0, end: text.length });
  const found: Bibliography[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const inline = inlineHeading(line.text);
    if (inline === null && !isBibliographyHeading(line.text)) continue;
    const until = endOf(lines, index + 1, markdownLevel(line.text));
    const body = lines.slice(index + 1, until);
    if (inline !== null) body.unshift(cutLine(line, inline));
    const bibliography = toBibliography(text, line.span, body);
    if (bibliography === null) continue;
    found.push(bibliography);
    index = until - 1;
  }
  if (found.length > 0) return found;
  const block = withoutHeading(lines);
  return block === null ? [] : [block];
}

function cutLine(line: Line, length: number): Line {
  return {
    text: line.text.slice(length),
    span: { start: line.span.start + length, end: line.span.end },
    apart: false,
    indent: 0,
  };
}

function endOf(lines: readonly Line[], from: number, level: number): number {
  for (let index = from; index < lines.length; index++) {
    const { text } = lines[index]!;
    if (isBibliographyHeading(text) || closesBibliography(text)) return index;
    const own = markdownLevel(text);
    if (own > 0 && level > 0 && own <= level) return index;
  }
  return lines.length;
}

function toBibliography(text: string, heading: Span, body: readonly Line[]): Bibliography | null {
  const entries = untilProse(text, splitEntries(body));
  const last = entries.at(-1);
  if (last === undefined) return null;
  const alike = entries.filter(({ start, end }) => isEntryLike(text.slice(start, end))).length;
  if (alike * 2 < entries.length) return null;
  return { heading, span: { start: heading.start, end: last.end }, entries };
}

/** Entries up to where paragraphs of prose follow each other. */
function untilProse(text: string, entries: readonly EntryPlace[]): readonly EntryPlace[] {
  let run = 0;
  for (let index = 0; index < entries.length; index++) {
    const { start, end } = entries[index]!;
    const entry = text.slice(start, end);
    const prose = end - start > PROSE || (end - start > 250 && !isEntryLike(entry));
    run = prose ? run + 1 : 0;
    if (run === PROSE_RUN) return entries.slice(0, index - PROSE_RUN + 1);
  }
  return entries;
}

/** `García, J. (2010).`, `SILVA, João. ... 2012.` or `[1] ...` with a year: entries beyond doubt. */
const SURE = latin(
  String.raw`^(?:\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+)?, \p{Lu}\.[^()]{0,200}\((?:1[5-9]|20)\d\d|\p{Lu}{3,}, \p{Lu}[^\n]{10,300}\b(?:1[5-9]|20)\d\d\.?$|\[\d{1,3}\]\s\p{Lu}[^\n]{20,400}\b(?:1[5-9]|20)\d\d\b)`,
);

/** Entries at the end of a text that has no heading for them: two sure ones at least, nothing else behind the first. */
function withoutHeading(lines: readonly Line[]): Bibliography | null {
  let from = lines.length;
  let sure = 0;
  for (let index = lines.length - 1, other = 0; index >= 0 && other < 4; index--) {
    const line = lines[index]!;
    if (line.text.length > PROSE) break;
    if (SURE.test(line.text)) {
      from = index;
      sure++;
      other = 0;
    } else other++;
  }
  if (sure < 2) return null;
  const entries = splitEntries(lines.slice(from));
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return null;
  return { heading: null, span: { start: first.start, end: last.end }, entries };
}
