import type { PreparedText } from "../prepared-text.ts";
import { mergeSpans, type Span } from "../span.ts";
import { findAuthorYearCitations } from "./author-year-citations.ts";
import { type Bibliography, findBibliographies } from "./bibliography.ts";
import type { NumericCitation } from "./citation.ts";
import { type MatchedCitation, matchCitations } from "./match-citations.ts";
import { findNumericCitations } from "./numeric-citations.ts";
import { parseReference } from "./parse-reference.ts";
import type { ReferenceEntry } from "./reference-entry.ts";

/** Entries that are read; a longer list is counted, and rules that need all of it are not applied. */
export const MOST_ENTRIES = 2_000;

/** How a text refers: by author and year, by number, both, or not at all. */
export type CitationStyle = "author_year" | "numeric" | "mixed" | "none";

/** The references of one text, read and matched. */
export interface DocumentReferences {
  readonly bibliographies: readonly Bibliography[];
  readonly entries: readonly ReferenceEntry[];
  /** Entries of all lists, those that were not read included. */
  readonly entryCount: number;
  readonly citations: readonly MatchedCitation[];
  /** Citations by number, where the list is numbered. */
  readonly numbers: readonly NumericCitation[];
  /** Whether the list is numbered, so that numbers in brackets mean its entries. */
  readonly numbered: boolean;
  readonly style: CitationStyle;
  /** Places of the lists, in order. */
  readonly lists: readonly Span[];
}

/** O(length). */
export function readReferences({ text }: PreparedText): DocumentReferences {
  const bibliographies = findBibliographies(text);
  const lists = mergeSpans(bibliographies.map(({ span }) => span));
  const entries = readEntries(text, bibliographies);
  const outside = <Item extends { readonly span: Span }>(items: readonly Item[]) => notIn(items, lists);
  const citations = matchCitations(outside(findAuthorYearCitations(text)), entries);
  const labels = entries.filter(({ reference }) => reference.label !== null).length;
  const numbered = labels > 0 && labels * 10 >= entries.length * 6;
  const numbers = numbered ? outside(findNumericCitations(text)) : [];
  const named = citations.filter(({ entries: found }) => found.length > 0).length;
  const counted = numbers.filter(({ square }) => square).length;
  return {
    bibliographies,
    entries,
    entryCount: bibliographies.reduce((sum, { entries: own }) => sum + own.length, 0),
    citations,
    numbers,
    numbered,
    style: styleOf(named, counted, citations.length),
    lists,
  };
}

function readEntries(text: string, bibliographies: readonly Bibliography[]): ReferenceEntry[] {
  return bibliographies
    .flatMap(({ entries }, list) =>
      entries.map(({ start, end, sure }) => ({ span: { start, end }, sure, list })),
    )
    .slice(0, MOST_ENTRIES)
    .map(({ span, list, sure }) => ({
      span,
      list,
      sure,
      reference: parseReference(text.slice(span.start, Math.min(span.end, span.start + 3_000))),
    }));
}

/** Items that lie in none of the places; both in order. */
function notIn<Item extends { readonly span: Span }>(
  items: readonly Item[],
  places: readonly Span[],
): Item[] {
  let next = 0;
  return items.filter(({ span }) => {
    while (next < places.length && places[next]!.end <= span.start) next++;
    const place = places[next];
    return place === undefined || span.start < place.start;
  });
}

function styleOf(named: number, counted: number, citations: number): CitationStyle {
  if (named >= 3 && counted >= 3) return "mixed";
  if (counted > named) return "numeric";
  return named > 0 || citations > 0 ? "author_year" : "none";
}
