import { withoutTail } from "../identifiers.ts";
import { latin } from "../latin.ts";
import { nameEntry, type ReferenceEntry } from "../reference-entry.ts";
import { listPlaces, type Place, type RuleReport } from "./rule-report.ts";

const CANDIDATE = /(?:doi\.org\/\s?|\bdoi\s?[:.]?\s?)(?<doi>[^\s<>"“”«»]+)/gi;
const REPEATED_LEAD = /^(?:https?:\/\/)?(?:dx\.)?(?:doi\.org\/)?(?:doi:)?/i;
/** ISO 26324 and the DOI handbook, section 2.2: prefix `10.` and a registrant of four digits or more, then a suffix. */
const WELL_FORMED = /^10\.\d{4,9}(?:\.\d+)*\/\S/;
const GOES_ON = latin(String.raw`^\s*[\p{L}\d/.]`);
const SHORT = /^(?:10\/)?[a-z0-9]{3,10}$/i;

/** Identifiers that are given as DOIs and cannot be any, whatever they stand for. O(length of the entries). */
export function findMalformedDois(text: string, entries: readonly ReferenceEntry[]): RuleReport {
  const places: Place[] = [];
  for (const entry of entries) {
    const raw = text.slice(entry.span.start, entry.span.end);
    for (const match of raw.matchAll(CANDIDATE)) {
      const found = withoutTail(match.groups!.doi!);
      const start = match.index + match[0].length - match.groups!.doi!.length;
      if (!isMalformed(found, match[0], raw.slice(start + found.length, start + found.length + 20))) continue;
      places.push({
        span: { start: entry.span.start + start, end: entry.span.start + start + found.length },
        name: found,
        facts: { doi: found, entry: nameEntry(entry) },
      });
      break;
    }
  }
  return listPlaces("references.malformed_doi", places, "medium", "10.NNNN/…");
}

function isMalformed(found: string, whole: string, after: string): boolean {
  const doi = found.replace(REPEATED_LEAD, "");
  if (doi === "" || WELL_FORMED.test(doi)) return false;
  if (/^10[.,]?\d*(?:[./]\d*)*$/.test(doi) && GOES_ON.test(after)) return isOver(doi, after);
  if (/^10/.test(doi)) return !/^10\/[a-z0-9]{3,}$/i.test(doi);
  if (/doi\.org\/\s?/i.test(whole)) return !SHORT.test(doi);
  return /^\d+[.,]\d+\//.test(doi);
}

/** A line that broke within the DOI leaves its beginning, which is no fault; `10.12. Otra cosa` is over. */
function isOver(doi: string, after: string): boolean {
  return /^10\.\d{1,3}\//.test(doi) || /^\s*\.\s/.test(after);
}
