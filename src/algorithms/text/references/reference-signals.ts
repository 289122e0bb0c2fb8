import type { Span } from "../span.ts";
import type { CitationStyle, DocumentReferences } from "./document-references.ts";
import type { ReferenceEntry } from "./reference-entry.ts";

/** An entry as the optional look-up in a register needs it. */
export interface ReferenceRecord {
  /** UTF-16 offsets. */
  readonly span: Span;
  /** Null where the entry has none that could be told. */
  readonly first_author: string | null;
  readonly authors: number;
  readonly year: number | null;
  readonly title: string | null;
  readonly container: string;
  readonly publisher: string;
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  readonly doi: string | null;
  readonly url: string | null;
}

/** Figures about the references of a text. */
export interface ReferenceSignals {
  /** Lists of references, and entries in all of them. */
  readonly lists: number;
  readonly entries: number;
  /** Citations by author and year that were recognised, and how many of them have an entry. */
  readonly citations: number;
  readonly matched: number;
  /** Citations by number in square brackets, where the list is numbered. */
  readonly numeric_citations: number;
  readonly style: CitationStyle;
  readonly with_doi: number;
  readonly with_url: number;
  /** Places that each rule found, those beyond the findings that are listed included. */
  readonly counts: Readonly<Record<string, number>>;
  readonly records: readonly ReferenceRecord[];
}

/** Entries whose fields are handed on. */
export const MOST_RECORDS = 500;

/** Figures of read references. O(entries). */
export function toSignals(
  references: DocumentReferences,
  counts: Readonly<Record<string, number>>,
): ReferenceSignals {
  const { bibliographies, entries, entryCount, citations, numbers, style } = references;
  return {
    lists: bibliographies.length,
    entries: entryCount,
    citations: citations.length,
    matched: citations.filter((matched) => matched.entries.length > 0).length,
    numeric_citations: numbers.filter(({ square }) => square).length,
    style,
    with_doi: entries.filter(({ reference }) => reference.doi !== null).length,
    with_url: entries.filter(({ reference }) => reference.url !== null).length,
    counts,
    records: entries.slice(0, MOST_RECORDS).map(toRecord),
  };
}

function toRecord({ span, reference }: ReferenceEntry): ReferenceRecord {
  const { authors, year, title, container, publisher, volume, issue, pages, doi, url } = reference;
  return {
    span,
    first_author: authors[0]?.surname ?? null,
    authors: authors.length,
    year,
    title: title === "" ? null : title,
    container,
    publisher,
    volume,
    issue,
    pages,
    doi,
    url,
  };
}
