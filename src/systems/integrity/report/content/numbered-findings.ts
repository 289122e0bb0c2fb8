import type { Severity } from "../../../../algorithms/text/finding.ts";
import type { Span } from "../../../../algorithms/text/span.ts";
import { FINDING_DIMENSIONS, type FindingDimension } from "../../../../contracts/integrity/index.ts";
import type { ReportFinding } from "../report-input.ts";
import { CodePointOffsets } from "./code-point-offsets.ts";

/** A finding that the report lists. */
export interface NumberedFinding {
  /** From 1, in the order of the list. */
  readonly number: number;
  readonly finding: ReportFinding;
  /** UTF-16 offsets of the text; null where the finding has no place or the text is not kept. */
  readonly place: Span | null;
}

/** What was found in one dimension. */
export interface FindingGroup {
  readonly dimension: FindingDimension;
  readonly findings: readonly NumberedFinding[];
}

export interface FindingList {
  /** Dimensions in which something was found; similarity first, as in the answers of the interface. */
  readonly groups: readonly FindingGroup[];
  /** All of the groups. */
  readonly listed: readonly NumberedFinding[];
  /** Findings that are not listed. */
  readonly leftOut: number;
  /** How many there are of each severity, listed or not. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

const WEIGHT: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

const ORDER: readonly FindingDimension[] = [
  "similitud",
  ...FINDING_DIMENSIONS.filter((dimension) => dimension !== "similitud"),
];

/** Numbers findings by dimension; where there are more than `most`, those of lower severity are left out. O(n log n). */
export function numberFindings(
  findings: readonly ReportFinding[],
  text: string | null,
  most: number,
): FindingList {
  const offsets = text === null ? null : new CodePointOffsets(text);
  const kept = gravest(findings, most);
  const listed: NumberedFinding[] = [];
  const groups = ORDER.map((dimension) => {
    const own = kept.filter((finding) => finding.dimension === dimension);
    const numbered = own.map((finding, index) => ({
      number: listed.length + index + 1,
      finding,
      place: finding.span === null || offsets === null ? null : offsets.span(finding.span),
    }));
    for (const finding of numbered) listed.push(finding);
    return { dimension, findings: numbered };
  });
  return {
    groups: groups.filter((group) => group.findings.length > 0),
    listed,
    leftOut: findings.length - listed.length,
    bySeverity: countSeverities(findings),
  };
}

/** The gravest, in the order in which they came. */
function gravest(findings: readonly ReportFinding[], most: number): readonly ReportFinding[] {
  if (findings.length <= most) return findings;
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => WEIGHT[a.finding.severity] - WEIGHT[b.finding.severity] || a.index - b.index)
    .slice(0, most)
    .sort((a, b) => a.index - b.index)
    .map(({ finding }) => finding);
}

function countSeverities(findings: readonly ReportFinding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { low: 0, medium: 0, high: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
