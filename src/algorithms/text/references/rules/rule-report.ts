import type { Facts, Finding, Severity } from "../../finding.ts";
import type { Span } from "../../span.ts";

type ReferenceRule = Extract<Finding["rule"], `references.${string}`>;

/** What one rule found: no more findings than a person reads, and how many places there were. */
export interface RuleReport {
  readonly findings: readonly Finding[];
  readonly count: number;
}

/** Findings of one rule that are listed one by one. */
const MOST_FINDINGS = 50;
/** From here on, places that are also most of all are one finding: the list is at fault, not the entry. */
const MANY = 5;
/** Names that a finding over many places gives. */
const EXAMPLES = 5;

export const NOTHING_FOUND: RuleReport = { findings: [], count: 0 };

/** A place that a rule reports. */
export interface Place {
  readonly span: Span;
  readonly facts: Facts;
  /** What a reader recognises it by. */
  readonly name: string;
  readonly value?: number | string;
  readonly severity?: Severity;
}

/** One finding per place. */
export function listPlaces(
  rule: ReferenceRule,
  places: readonly Place[],
  severity: Severity,
  threshold: number | string | null = null,
): RuleReport {
  const findings = places.slice(0, MOST_FINDINGS).map((place) => ({
    rule,
    severity: place.severity ?? severity,
    value: place.value ?? place.name,
    threshold,
    span: place.span,
    facts: place.facts,
  }));
  return { findings, count: places.length };
}

/** One finding per place, or a single one over all where most of `total` are concerned. */
export function groupPlaces(
  rule: ReferenceRule,
  places: readonly Place[],
  { severity, total, whole }: { severity: Severity; total: number; whole: Span | null },
): RuleReport {
  if (places.length < MANY || places.length * 2 < total) return listPlaces(rule, places, severity);
  const finding: Finding = {
    rule,
    severity: "medium",
    value: places.length,
    threshold: Math.max(MANY, Math.ceil(total / 2)),
    span: whole,
    facts: {
      count: places.length,
      total,
      examples: places.slice(0, EXAMPLES).map(({ name }) => name),
    },
  };
  return { findings: [finding], count: places.length };
}
