import type { AuthorYearCitation } from "./citation.ts";
import { acronymOf, type ReferenceEntry, significantWords } from "./reference-entry.ts";

/** An author-year citation with the entries that it may mean. */
export interface MatchedCitation {
  readonly citation: AuthorYearCitation;
  /** Indices of entries; empty where the list has none. */
  readonly entries: readonly number[];
  /** An entry by one of the same names with another year; null where there is none. */
  readonly nearest: number | null;
}

const YEAR = /(?<!\d)(?:1[4-9]|20)\d\d(?!\d)/g;
/** Words of an entry that a citation may name: the authors', or the first of the title where there are none. */
const LONGEST_HEAD = 220;

/**
 * Finds the entries of author-year citations, generously: a citation and an entry agree when the entry has the year
 * and, in its authors, their acronym or the first words of its title, one of the cited names. O(citations + length of
 * the entries).
 */
export function matchCitations(
  citations: readonly AuthorYearCitation[],
  entries: readonly ReferenceEntry[],
): MatchedCitation[] {
  const byWord = new Map<string, number[]>();
  const years = entries.map(({ reference }) => new Set((reference.raw.match(YEAR) ?? []).map(Number)));
  entries.forEach((entry, index) => {
    for (const word of headWords(entry)) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, [index]);
      else if (known.length < MOST_ALIKE) known.push(index);
    }
  });
  return citations.map((citation) => {
    const alike = citation.words.flatMap((word) => byWord.get(word) ?? []);
    const found = alike.filter((index) => agree(citation, entries[index]!, years[index]!));
    const exact = found.filter((index) => entries[index]!.reference.yearSuffix === citation.suffix);
    return {
      citation,
      entries: [...new Set(exact.length > 0 && citation.suffix !== "" ? exact : found)],
      nearest: found.length > 0 ? null : (alike[0] ?? null),
    };
  });
}

/** Entries by the same author that are looked through for one citation. */
const MOST_ALIKE = 100;

function agree(
  citation: AuthorYearCitation,
  { reference }: ReferenceEntry,
  years: ReadonlySet<number>,
): boolean {
  if (!years.has(citation.year) && !(citation.otherYear !== null && years.has(citation.otherYear)))
    return false;
  if (citation.suffix === "" || reference.yearSuffix === "") return true;
  return reference.year !== citation.year || citation.suffix === reference.yearSuffix;
}

/** Words that a citation may name an entry by. */
export function headWords({ reference }: ReferenceEntry): Set<string> {
  const { authorText, title, raw } = reference;
  const head = authorText === "" ? raw.slice(0, 80) : authorText.slice(0, LONGEST_HEAD);
  const words = new Set(significantWords(head));
  for (const word of [...words])
    for (const part of word.split(/[-\u2010\u2011]/)) if (part.length > 2) words.add(part);
  for (const { surname, given } of reference.authors) {
    const acronym = acronymOf(`${given} ${surname}`);
    if (acronym.length > 1) words.add(acronym);
  }
  if (authorText === "") for (const word of significantWords(title).slice(0, 6)) words.add(word);
  return words;
}
