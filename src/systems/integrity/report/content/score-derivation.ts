import {
  DIMENSIONS,
  type Dimension,
  EVIDENCES,
  type Evidence,
} from "../../../../contracts/integrity/index.ts";
import { type EvidenceStrengths, scoreEvidence, shownDimensions } from "../../scoring/score-evidence.ts";
import { DIMENSION_WEIGHTS, PRODUCT_FACTORS, ROLE_FACTORS } from "../../scoring/weights.ts";
import type { ReportCase } from "../report-input.ts";

/** How one dimension came to its figure. */
export interface DerivedDimension {
  readonly dimension: Dimension;
  /** Observations that were made, each with its share of the dimension, 0..1. */
  readonly observations: readonly { readonly evidence: Evidence; readonly weight: number }[];
  /** Before the factors, 0..1. */
  readonly base: number;
  /** 0..100 as shown. */
  readonly value: number;
  /** Of the overall score, unrounded. */
  readonly points: number;
}

export interface ScoreDerivation {
  readonly dimensions: readonly DerivedDimension[];
  readonly roleFactor: number;
  readonly productFactor: number;
  /** Unrounded; the score is its whole part. */
  readonly sum: number;
}

/** How the headline arose; null where the case's figures are not those of the formula, as an older server's may be. */
export function deriveScore(shown: ReportCase): ScoreDerivation | null {
  const { role, product_type: product, evidencias } = shown;
  const strengths = Object.fromEntries(
    EVIDENCES.map((name) => [name, evidencias[name] ?? 0]),
  ) as EvidenceStrengths;
  const score = scoreEvidence(strengths, role, product);
  const values = shownDimensions(score.adjusted);
  const isOurs =
    score.overall === shown.overall_score &&
    DIMENSIONS.every((name) => values[name] === shown.dimensions[name]);
  if (!isOurs) return null;
  const dimensions = DIMENSIONS.map((dimension) => {
    const weights = DIMENSION_WEIGHTS[dimension];
    const observations = weights.flatMap(([evidence, weight]) =>
      strengths[evidence] > 0 ? [{ evidence, weight }] : [],
    );
    return {
      dimension,
      observations,
      base: observations.reduce((sum, { weight }) => sum + weight, 0),
      value: values[dimension],
      points: (score.adjusted[dimension] / DIMENSIONS.length) * 100,
    };
  });
  return {
    dimensions,
    roleFactor: ROLE_FACTORS[role],
    productFactor: PRODUCT_FACTORS[product],
    sum: dimensions.reduce((sum, { points }) => sum + points, 0),
  };
}

/** Observations that a person made, in the contract's order. */
export function observationsMade({ evidencias }: ReportCase): Evidence[] {
  return EVIDENCES.filter((name) => (evidencias[name] ?? 0) > 0);
}
