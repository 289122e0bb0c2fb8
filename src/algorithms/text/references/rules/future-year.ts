import type { ReferenceEntry } from "../reference-entry.ts";
import { nameEntry } from "../reference-entry.ts";
import { listPlaces, type Place, type RuleReport } from "./rule-report.ts";

const YEAR = /(?<![\d-])(?:1[4-9]|20)\d\d(?![\d-])/g;

/**
 * Entries dated after the current year: next year's is worth knowing (in press), a later one cannot be right. An entry
 * that also has a year that may be its own is let be. O(entries).
 */
export function findFutureYears(
  text: string,
  entries: readonly ReferenceEntry[],
  currentYear: number,
): RuleReport {
  const places: Place[] = [];
  for (const entry of entries) {
    const { year, raw, yearFirst, authors } = entry.reference;
    if (year === null || year <= currentYear) continue;
    if ((raw.match(YEAR) ?? []).some((other) => Number(other) <= currentYear)) continue;
    const within = text.slice(entry.span.start, entry.span.end).indexOf(String(year));
    const start = entry.span.start + Math.max(0, within);
    const far = year > currentYear + 1;
    const sure = yearFirst && authors.some(({ given }) => given !== "");
    places.push({
      span: { start, end: start + 4 },
      name: nameEntry(entry),
      value: year,
      severity: far ? (sure ? "high" : "medium") : "low",
      facts: { entry: nameEntry(entry), year, current_year: currentYear },
    });
  }
  return listPlaces("references.future_year", places, "low", currentYear);
}
