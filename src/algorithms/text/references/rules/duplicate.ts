import { nameEntry, type ReferenceEntry, significantWords } from "../reference-entry.ts";
import { listPlaces, type Place, type RuleReport } from "./rule-report.ts";

/** Shorter titles may well be shared: `Editorial`, `Informe anual`. In significant words. */
const SHORTEST_TITLE = 3;

/** Entries that stand twice in one list: the same DOI, or the same authors, year and title. O(length of the entries). */
export function findDuplicates(entries: readonly ReferenceEntry[]): RuleReport {
  const seen = new Map<string, ReferenceEntry>();
  const places: Place[] = [];
  for (const entry of entries) {
    const keys = keysOf(entry);
    const first = keys.map((key) => seen.get(key)).find((known) => known !== undefined);
    if (first !== undefined && isSame(first, entry)) {
      places.push({
        span: entry.span,
        name: nameEntry(entry),
        facts: { entry: nameEntry(entry), title: entry.reference.title.slice(0, 120) },
      });
    }
    for (const key of keys) if (!seen.has(key)) seen.set(key, entry);
  }
  return listPlaces("references.duplicate", places, "medium");
}

function keysOf({ reference, list }: ReferenceEntry): string[] {
  const { doi, title, year, yearSuffix, authors } = reference;
  const keys: string[] = [];
  if (doi !== null) keys.push(`${list} doi ${doi.toLowerCase()}`);
  const words = significantWords(title);
  const author = significantWords(authors[0]?.surname ?? "").join(" ");
  if (words.length >= SHORTEST_TITLE && year !== null && author !== "") {
    keys.push(`${list} ${author} ${year}${yearSuffix} ${words.join(" ")}`);
  }
  return keys;
}

/** Not where the place of publication, the address or the pages tell two parts of one work apart. */
function isSame(a: ReferenceEntry, b: ReferenceEntry): boolean {
  const differs = (left: string | null, right: string | null) =>
    left !== null && right !== null && left !== "" && right !== "" && left !== right;
  const [one, other] = [a.reference, b.reference];
  const titles = [one.title, other.title].map((title) => significantWords(title).join(" "));
  if (titles[0] !== titles[1]) return false;
  return !(
    differs(one.url, other.url) ||
    differs(one.pages, other.pages) ||
    differs(one.volume, other.volume) ||
    differs(one.issue, other.issue) ||
    differs(one.doi, other.doi)
  );
}
