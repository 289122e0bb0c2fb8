import type { Analysis } from "../finding.ts";
import type { PreparedText } from "../prepared-text.ts";
import { readReferences } from "./document-references.ts";
import { type ReferenceSignals, toSignals } from "./reference-signals.ts";
import { findDuplicates } from "./rules/duplicate.ts";
import { findFutureYears } from "./rules/future-year.ts";
import { findMalformedDois } from "./rules/malformed-doi.ts";
import { findMissingEntries } from "./rules/missing-entry.ts";
import { findMissingFields } from "./rules/missing-field.ts";
import { findMixedStyle } from "./rules/mixed-style.ts";
import { findUncited } from "./rules/uncited.ts";

/**
 * Finds the lists of references of a text, reads their entries, matches them with the citations both ways, and says
 * what does not agree. O(length). Source: spec/integrity.md section 3d.
 */
export function analyseReferences(
  prepared: PreparedText,
  { currentYear }: { readonly currentYear: number },
): Analysis<ReferenceSignals> {
  const references = readReferences(prepared);
  const { bibliographies, citations, entries } = references;
  if (bibliographies.length === 0 && !citations.some(({ citation }) => citation.sure)) {
    return { findings: [], coverage: { done: false, reason: "no_references" } };
  }
  const reports = {
    uncited: findUncited(prepared, references),
    missing_entry: findMissingEntries(prepared, references),
    future_year: findFutureYears(prepared.text, entries, currentYear),
    malformed_doi: findMalformedDois(prepared.text, entries),
    duplicate: findDuplicates(entries),
    mixed_style: findMixedStyle(references),
    missing_field: findMissingFields(references),
  };
  const findings = Object.values(reports)
    .flatMap((report) => report.findings)
    .sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const counts = Object.fromEntries(Object.entries(reports).map(([rule, { count }]) => [rule, count]));
  return { findings, signals: toSignals(references, counts), coverage: { done: true } };
}
