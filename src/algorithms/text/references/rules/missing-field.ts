import type { DocumentReferences } from "../document-references.ts";
import { isReadable, nameEntry, type ReferenceEntry, significantWords } from "../reference-entry.ts";
import { groupPlaces, type RuleReport } from "./rule-report.ts";

const YEAR = /(?<!\d)(?:1[4-9]|20)\d\d(?!\d)/;
const ADDRESS = /(?:https?:\/\/|www\.)\S+/gi;

/**
 * Entries that lack two of author, year and title, or the year where there is no address either. What `s. f.` or `in
 * press` explains is not lacking. O(length of the entries).
 */
export function findMissingFields({ entries, bibliographies }: DocumentReferences): RuleReport {
  const places = entries.flatMap((entry) => {
    const lacking = (entry.sure && isReadable(entry)) || isBare(entry) ? lackingIn(entry) : [];
    if (lacking.length === 0) return [];
    return [{ span: entry.span, name: nameEntry(entry), facts: { entry: nameEntry(entry), lacking } }];
  });
  const [first] = bibliographies;
  return groupPlaces("references.missing_field", places, {
    severity: "low",
    total: entries.length,
    whole: first?.heading ?? first?.span ?? null,
  });
}

/** Nothing but an address. */
function isBare({ reference }: ReferenceEntry): boolean {
  return reference.url !== null && significantWords(reference.raw.replace(ADDRESS, " ")).length === 0;
}

function lackingIn({ reference }: ReferenceEntry): string[] {
  const { authorText, title, year, undated, url, doi, raw } = reference;
  const described = raw.replace(ADDRESS, " ");
  const lacking: string[] = [];
  if (authorText === "") lacking.push("author");
  if (year === null && !undated && !YEAR.test(described)) lacking.push("year");
  if (significantWords(title).length === 0 && significantWords(described).length < 4) lacking.push("title");
  const noYear = lacking.includes("year") && url === null && doi === null;
  return lacking.length >= 2 || noYear ? lacking : [];
}
