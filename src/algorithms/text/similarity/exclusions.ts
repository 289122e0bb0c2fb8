import { foldWord } from "../fold.ts";
import { type PreparedText, wordsIn } from "../prepared-text.ts";
import { mergeSpans, type Span } from "../span.ts";

/** Fewer words between marks are a term, a title or irony, not a quotation. */
const MIN_QUOTED_WORDS = 5;

/** A quotation between marks that is longer was never closed. UTF-16 units. */
const LONGEST_QUOTATION = 2_000;

/** Marks that stand open at the same time. */
const MAX_OPEN = 8;

/** What closes a mark. */
const CLOSING = new Map([
  ["«", "»"],
  ["“", "”"],
  ["„", "“"],
  ["‘", "’"],
  ['"', '"'],
]);
/** Marks, and the empty lines that no quotation crosses. */
const MARK_OR_BREAK = /["«»“”„‘’]|\n[^\S\n]*\n/g;

/** Lines that begin with ">", as in mail and Markdown. */
const QUOTED_LINES = /^[ \t]{0,3}>[^\n]*(?:\n[ \t]{0,3}>[^\n]*)*/gm;

/**
 * Quotations: what stands between quotation marks, five words and more, within one paragraph, marks included, and lines
 * behind ">". Those without marks, set off by their margins alone, are not seen. In order, without overlap. O(length).
 */
export function findQuotations(prepared: PreparedText): Span[] {
  const quoted = betweenMarks(prepared.text).filter((span) => {
    const { first, last } = wordsIn(prepared, span);
    return last - first >= MIN_QUOTED_WORDS;
  });
  for (const { index, 0: lines } of prepared.text.matchAll(QUOTED_LINES)) {
    quoted.push({ start: index, end: index + lines.length });
  }
  return mergeSpans(quoted);
}

/** A mark that nothing closes is passed over, so that it hides none of those around it. */
function betweenMarks(text: string): Span[] {
  const found: Span[] = [];
  const open: { closing: string; at: number }[] = [];
  for (const { index: at, 0: mark } of text.matchAll(MARK_OR_BREAK)) {
    if (mark.startsWith("\n")) {
      open.length = 0;
      continue;
    }
    const opener = mayClose(text, at, mark) ? open.findLastIndex(({ closing }) => closing === mark) : -1;
    if (opener >= 0) {
      const start = open[opener]!.at;
      if (at - start < LONGEST_QUOTATION) found.push({ start, end: at + 1 });
      open.length = opener;
    } else if (mayOpen(text, at, mark)) {
      open.push({ closing: CLOSING.get(mark)!, at });
      if (open.length > MAX_OPEN) open.shift();
    }
  }
  return found;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const SPACE = /\s/;

/** Straight marks open before a word; a left single mark inside a word is an apostrophe. */
function mayOpen(text: string, at: number, mark: string): boolean {
  if (!CLOSING.has(mark)) return false;
  if (mark !== '"' && mark !== "‘") return true;
  const after = text.charAt(at + 1);
  return !LETTER_OR_DIGIT.test(text.charAt(at - 1)) && after !== "" && !SPACE.test(after);
}

/** A mark that may also open, or be an apostrophe, closes behind a word and not before one. */
function mayClose(text: string, at: number, mark: string): boolean {
  if (mark === "»" || mark === "”") return true;
  return !SPACE.test(text.charAt(at - 1)) && !LETTER_OR_DIGIT.test(text.charAt(at + 1));
}

/** Headings are short lines. UTF-16 units. */
const LONGEST_HEADING = 80;

/** Numbers and signs before a heading's words. */
const NUMBERING = String.raw`^[\s#*_]*(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,6})(?:[.)]|\s?[-–—])?\s+)?`;
const BIBLIOGRAPHY = new RegExp(
  String.raw`${NUMBERING}(?:lista de )?(?:referencias(?: bibliograficas| citadas| consultadas)?|bibliografia(?: citada| consultada| general)?|fuentes (?:consultadas|bibliograficas|de consulta)|(?:obras|literatura) citadas?|(?:list of )?references(?: cited)?|reference list|bibliography|(?:works|literature) cited)[\s:.*_#]*$`,
);
const NEXT_HEADING = new RegExp(
  String.raw`${NUMBERING}(?:anexos?|apendices?|appendix|appendices|annex(?:es)?|agradecimientos|agradecimentos|acknowledge?ments|glosario|glossario|glossary)\b`,
);

/** Before it a heading is a line of the table of contents. Share of the text. */
const NEAR_THE_END = 1 / 3;

/** What nearly every entry has: a year, an address, or a word of its own. */
const ENTRY_MARK =
  /\b(?:1[5-9]|20)\d\d|https?:|\bdoi\b|\b(?:s\.\s?f|n\.\s?d|s\.\s?d|pp|vol|isbn)\b\.?|\b(?:recuperado|disponible|retrieved|available|disponível|acesso)\b/gi;

/** Text that goes on for so long without such a mark is no list of entries. UTF-16 units. */
const ENTRY_REACH = 400;

/**
 * The list of references: from its heading, a line of its own in the last two thirds of the text, to the next heading
 * (Anexos, Appendix) or the end; but no farther than its entries go on, so that prose behind such a heading is not
 * taken for one. One place or none. O(length).
 */
export function findBibliography({ text }: PreparedText): Span[] {
  let heading: Span | null = null;
  let end = text.length;
  for (const line of linesFrom(text, Math.floor(text.length * NEAR_THE_END))) {
    const folded = foldWord(text.slice(line.start, line.end));
    if (BIBLIOGRAPHY.test(folded)) {
      heading = line;
      end = text.length;
    } else if (heading !== null && end === text.length && NEXT_HEADING.test(folded)) end = line.start;
  }
  if (heading === null) return [];
  const last = endOfEntries(text, heading.end, end);
  return last === heading.end ? [] : [{ start: heading.start, end: last }];
}

/** Short lines that begin at `from` or behind it, without their line feeds. */
function* linesFrom(text: string, from: number): Generator<Span> {
  let start = from === 0 ? 0 : text.indexOf("\n", from - 1) + 1;
  if (start === 0 && from > 0) return;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    if (end > start && end - start <= LONGEST_HEADING) yield { start, end };
    start = end + 1;
  }
}

/** Where entries that begin at `start` end: at `end`, or with the line of the last one. */
function endOfEntries(text: string, start: number, end: number): number {
  let last = start;
  ENTRY_MARK.lastIndex = start;
  for (
    let match = ENTRY_MARK.exec(text);
    match !== null && match.index < end;
    match = ENTRY_MARK.exec(text)
  ) {
    if (match.index - last > ENTRY_REACH) break;
    last = match.index + match[0].length;
  }
  if (last === start) return start;
  if (end - last <= ENTRY_REACH) return end;
  const feed = text.indexOf("\n", last);
  return feed < 0 ? end : Math.min(feed, end);
}
