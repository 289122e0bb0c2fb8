import { percentile } from "./percentile.ts";

/** A decision threshold and the numbers that led to it. */
export interface Calibration {
  /** A score above it is "ng". */
  readonly threshold: number;
  /** Means of the finite scores; `ngMean` is 0 without NG scores, as the contract's clients expect. */
  readonly okMean: number;
  readonly ngMean: number;
  /** The asked percentile of the OK scores. */
  readonly okPercentile: number;
  /** The 5th percentile of the NG scores; null without any. */
  readonly ngP5: number | null;
}

/**
 * The threshold of spec/inspection.md section 2 ("calibrate_ng"): between the OK scores' percentile and the
 * NG scores' 5th percentile where they part, 2 % above the former where they overlap, and exactly the former
 * without NG scores. NaN and infinities are dropped.
 *
 * @param percent 0..100, of the OK scores.
 * @returns null when no finite OK score is given.
 */
export function calibrate(
  okScores: readonly number[],
  ngScores: readonly number[],
  percent: number,
): Calibration | null {
  const ok = okScores.filter(Number.isFinite);
  const ng = ngScores.filter(Number.isFinite);
  const okPercentile = percentile(ok, percent);
  if (okPercentile === null) return null;
  const ngP5 = percentile(ng, 5);
  return {
    threshold: thresholdOf(okPercentile, ngP5),
    okMean: mean(ok),
    ngMean: mean(ng),
    okPercentile,
    ngP5,
  };
}

function thresholdOf(okPercentile: number, ngP5: number | null): number {
  if (ngP5 === null) return okPercentile;
  return ngP5 > okPercentile ? (okPercentile + ngP5) / 2 : 1.02 * okPercentile;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
