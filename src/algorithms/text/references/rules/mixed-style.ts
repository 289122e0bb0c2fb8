import type { DocumentReferences } from "../document-references.ts";
import { NOTHING_FOUND, type RuleReport } from "./rule-report.ts";

/** Entries that say something about the style of a list. */
const FEWEST = 8;
/** The rarer way must be no slip: this many, and this share. */
const FEWEST_ODD = 3;
const SMALLEST_SHARE = 0.25;

/** A list that is numbered here and not there, or that has the year behind the author here and at the end there. */
export function findMixedStyle({
  entries,
  bibliographies,
  style,
  citations,
  numbers,
}: DocumentReferences): RuleReport {
  const [first] = bibliographies;
  if (first === undefined) return NOTHING_FOUND;
  const labelled = entries.filter(({ reference }) => reference.label !== null).length;
  const dated = entries.filter(
    ({ reference }) => reference.year !== null && reference.authors.some(({ given }) => given !== ""),
  );
  const yearFirst = dated.filter(({ reference }) => reference.yearFirst).length;
  const named = citations.filter(({ entries: found }) => found.length > 0).length;
  const counted = numbers.filter(({ square }) => square).length;
  const mixtures = [
    { kind: "numbering", one: labelled, other: entries.length - labelled },
    { kind: "year_position", one: yearFirst, other: dated.length - yearFirst },
    ...(style === "mixed" ? [{ kind: "citations", one: named, other: counted }] : []),
  ];
  const mixed = mixtures.find(({ one, other }) => isMixed(one, other));
  if (mixed === undefined) return NOTHING_FOUND;
  const { kind, one, other } = mixed;
  const rarer = Math.min(one, other);
  return {
    findings: [
      {
        rule: "references.mixed_style",
        severity: "low",
        value: rarer,
        threshold: FEWEST_ODD,
        span: first.heading ?? first.span,
        facts: { kind, one, other },
      },
    ],
    count: 1,
  };
}

function isMixed(one: number, other: number): boolean {
  const rarer = Math.min(one, other);
  return one + other >= FEWEST && rarer >= FEWEST_ODD && rarer >= (one + other) * SMALLEST_SHARE;
}
