import type { PreparedText } from "../../prepared-text.ts";
import { type DocumentReferences, MOST_ENTRIES } from "../document-references.ts";
import { isReadable, nameEntry, type ReferenceEntry } from "../reference-entry.ts";
import { Mentions } from "./mentions.ts";
import { groupPlaces, NOTHING_FOUND, type RuleReport } from "./rule-report.ts";

/**
 * Entries that the text never cites. An entry whose author the text names anywhere else is let be, and so is every
 * entry where no citation at all could be matched, because then the way of citing was not understood. O(length).
 */
export function findUncited(prepared: PreparedText, references: DocumentReferences): RuleReport {
  const { entries, entryCount, bibliographies } = references;
  if (entries.length < 2 || entryCount > MOST_ENTRIES) return NOTHING_FOUND;
  const cited = references.numbered ? citedByNumber(references) : citedByName(references);
  if (cited === null) return NOTHING_FOUND;
  const mentions = new Mentions(prepared, references);
  const places = entries
    .filter((entry, index) => isWhole(entry) && !cited.has(index) && !mentions.has(entry))
    .map((entry) => ({ span: entry.span, name: nameEntry(entry), facts: { entry: nameEntry(entry) } }));
  const [first] = bibliographies;
  return groupPlaces("references.uncited", places, {
    severity: "low",
    total: entries.length,
    whole: first?.heading ?? first?.span ?? null,
  });
}

/** Parts of entries that the layout did not keep together are cited by nobody. */
function isWhole(entry: ReferenceEntry): boolean {
  const { sure, reference } = entry;
  return isReadable(entry) && (sure || (reference.authors.length > 0 && reference.yearFirst));
}

/** Indices of entries that are cited by author and year; null where none is. */
function citedByName({ citations }: DocumentReferences): Set<number> | null {
  const cited = new Set(citations.flatMap(({ entries }) => entries));
  return cited.size === 0 ? null : cited;
}

/** Indices of entries that are cited by number; null where too few are to be sure that numbers mean entries. */
function citedByNumber(references: DocumentReferences): Set<number> | null {
  const { entries, numbers, citations } = references;
  const used = new Set(numbers.flatMap(({ numbers: own }) => own));
  const cited = new Set(citations.flatMap(({ entries: own }) => own));
  entries.forEach((entry, index) => {
    if (used.has(numberOf(entry))) cited.add(index);
  });
  return cited.size * 2 < entries.length ? null : cited;
}

/** Number of an entry of a numbered list. */
export function numberOf({ reference }: ReferenceEntry): number {
  return Number(reference.label ?? Number.NaN);
}
