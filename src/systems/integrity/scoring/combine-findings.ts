import {
  EVIDENCES,
  type Evidence,
  type Level,
  type Product,
  type Role,
} from "../../../contracts/integrity/index.ts";
import type { MeasuredFinding } from "../measurement.ts";
import { COUNTED_PER_RULE, MOST_PER_EVIDENCE, RULE_FACTS, STRENGTH, SUGGESTED_FROM } from "../rule-facts.ts";
import { type EvidenceStrengths, levelOf, scoreEvidence } from "./score-evidence.ts";
import { HIGH_FROM, MEDIUM_FROM } from "./weights.ts";

/** The documented formula, with what was measured beside the observations. */
export interface CombinedScore {
  readonly score: number;
  readonly level: Level;
  /** Observations that nobody made and that the findings speak for. */
  readonly suggested: readonly Evidence[];
}

/**
 * e' = 1 - (1 - flag)(1 - p) for each observation, then the same weights and factors: without findings it is the
 * headline exactly, with findings never less. The likelihood of machine text never moves a level by itself.
 * Source: spec/integrity.md section 3, "combined", and 3g.
 */
export function combineFindings(
  flags: EvidenceStrengths,
  findings: readonly MeasuredFinding[],
  role: Role,
  product: Product,
): CombinedScore {
  const strengths = measuredStrengths(findings);
  const withAll = scoreEvidence(joined(flags, strengths), role, product).overall;
  const withoutMachine = scoreEvidence(
    joined(flags, measuredStrengths(findings.filter(({ rule }) => rule !== "machine_text.likelihood"))),
    role,
    product,
  );
  const score = withinLevel(withAll, withoutMachine.level);
  return {
    score,
    level: levelOf(score),
    suggested: EVIDENCES.filter((name) => flags[name] === 0 && strengths[name] >= SUGGESTED_FROM),
  };
}

/** How strongly findings speak for each observation. */
function measuredStrengths(findings: readonly MeasuredFinding[]): EvidenceStrengths {
  const doubt = new Map<Evidence, number>();
  const counted = new Map<string, number>();
  for (const finding of strongestFirst(findings)) {
    const evidence = evidenceOf(finding);
    const count = counted.get(finding.rule) ?? 0;
    if (evidence === null || count >= COUNTED_PER_RULE) continue;
    counted.set(finding.rule, count + 1);
    doubt.set(evidence, (doubt.get(evidence) ?? 1) * (1 - STRENGTH[finding.severity]));
  }
  const entries = EVIDENCES.map(
    (name) => [name, Math.min(1 - (doubt.get(name) ?? 1), MOST_PER_EVIDENCE)] as const,
  );
  return Object.fromEntries(entries) as EvidenceStrengths;
}

/** The observation that a finding speaks for; metadata say themselves whether time or drafts are concerned. */
export function evidenceOf({ rule, facts }: Pick<MeasuredFinding, "rule" | "facts">): Evidence | null {
  if (rule === "document.metadata") {
    return EVIDENCES.find((name) => name === facts.evidence) ?? RULE_FACTS[rule].evidence;
  }
  return RULE_FACTS[rule].evidence;
}

function strongestFirst(findings: readonly MeasuredFinding[]): MeasuredFinding[] {
  return [...findings].sort((a, b) => STRENGTH[b.severity] - STRENGTH[a.severity]);
}

function joined(flags: EvidenceStrengths, measured: EvidenceStrengths): EvidenceStrengths {
  const entries = EVIDENCES.map((name) => [name, 1 - (1 - flags[name]) * (1 - measured[name])] as const);
  return Object.fromEntries(entries) as EvidenceStrengths;
}

function withinLevel(score: number, level: Level): number {
  if (level === "BAJO") return Math.min(score, MEDIUM_FROM - 1);
  return level === "MEDIO" ? Math.min(score, HIGH_FROM - 1) : score;
}
