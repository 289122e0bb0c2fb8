import {
  DIMENSIONS,
  type Dimension,
  EVIDENCES,
  type Evidence,
  type Level,
  type Product,
  type Role,
} from "../../../contracts/integrity/index.ts";
import { DIMENSION_WEIGHTS, HIGH_FROM, MEDIUM_FROM, PRODUCT_FACTORS, ROLE_FACTORS } from "./weights.ts";

/** How strongly each observation holds: 0 or 1 for a person's flags, between them for what was measured. */
export type EvidenceStrengths = Readonly<Record<Evidence, number>>;

/** What the documented formula says of a case. */
export interface Score {
  /** 0..100, whole. */
  readonly overall: number;
  readonly level: Level;
  /** 0..1, three decimals. */
  readonly confidence: number;
  /** Dimensions after the factors of role and product, 0..1, unrounded. */
  readonly adjusted: Readonly<Record<Dimension, number>>;
}

/**
 * The documented scoring formula, in plain doubles from left to right: clients compare its figures bit by bit.
 * Source: spec/integrity.md section 2.
 */
export function scoreEvidence(evidence: EvidenceStrengths, role: Role, product: Product): Score {
  const [authorship, time, references, presentation] = DIMENSIONS.map((dimension) =>
    Math.min(strengthOf(dimension, evidence) * ROLE_FACTORS[role] * PRODUCT_FACTORS[product], 1),
  ) as [number, number, number, number];
  const all = [authorship, time, references, presentation];
  const overall = Math.trunc(((authorship + time + references + presentation) / 4) * 100);
  const spread = Math.max(...all) - Math.min(...all);
  const confidence = Math.min(1 - spread + Math.min(0.1 * countFlags(evidence), 0.3), 1);
  return {
    overall,
    level: levelOf(overall),
    confidence: Number(confidence.toFixed(3)),
    adjusted: { autoría: authorship, tiempo: time, referencias: references, presentación: presentation },
  };
}

function strengthOf(dimension: Dimension, evidence: EvidenceStrengths): number {
  let sum = 0;
  let weights = 0;
  for (const [name, weight] of DIMENSION_WEIGHTS[dimension]) {
    sum += evidence[name] * weight;
    weights += weight;
  }
  return sum / weights;
}

/** Observations that a person made. */
export function countFlags(evidence: EvidenceStrengths): number {
  return EVIDENCES.filter((name) => evidence[name] === 1).length;
}

export function levelOf(overall: number): Level {
  if (overall >= HIGH_FROM) return "ALTO";
  return overall >= MEDIUM_FROM ? "MEDIO" : "BAJO";
}

/** The dimensions as an answer shows them: 0..100, whole. */
export function shownDimensions(adjusted: Score["adjusted"]): Record<Dimension, number> {
  return Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, Math.round(adjusted[dimension] * 100)]),
  ) as Record<Dimension, number>;
}
