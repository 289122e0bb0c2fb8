import type { Facts, Finding } from "../finding.ts";
import type { StyleFeature } from "./style-features.ts";

/**
 * Distances from which a difference is reported, in standard deviations of what texts by one author differ. Measured: of
 * 240 chapters of handbooks in three languages none holds a stretch beyond the first, of 385 chapters of novels 26 do,
 * where dialogue stands beside narration; a stretch of 600 words by another writer of the same field is found in 14 of
 * 100 documents. Beyond the second limit lies 1 of those 625 chapters.
 */
export const STYLE_LIMITS = { low: 4, medium: 5.5 } as const;

/** A `style.change` without a place, with the features that set the text apart as `feature_1`, `feature_1_here`, ... */
export function styleFinding(distance: number, features: readonly StyleFeature[], facts: Facts): Finding {
  const told = features.flatMap(({ name, here, rest }, index) => [
    [`feature_${index + 1}`, name],
    [`feature_${index + 1}_here`, here],
    [`feature_${index + 1}_rest`, rest],
  ]);
  const value = Math.round(distance * 100) / 100;
  return {
    rule: "style.change",
    severity: distance >= STYLE_LIMITS.medium ? "medium" : "low",
    value,
    threshold: STYLE_LIMITS.low,
    span: null,
    facts: { ...facts, distance: value, threshold: STYLE_LIMITS.low, ...Object.fromEntries(told) },
  };
}
