import type { Facts, Finding } from "../finding.ts";
import type { StyleFeature } from "./style-features.ts";

/** Distances from which a difference is reported, in standard deviations of what texts by one author differ. */
export interface StyleLimits {
  readonly low: number;
  /** From here on one author hardly ever differs as much; weak evidence all the same. */
  readonly medium: number;
}

/** A `style.change` without a place, with the features that set the text apart as `feature_1`, `feature_1_here`, ... */
export function styleFinding(
  distance: number,
  limits: StyleLimits,
  features: readonly StyleFeature[],
  facts: Facts,
): Finding {
  const told = features.flatMap(({ name, here, rest }, index) => [
    [`feature_${index + 1}`, name],
    [`feature_${index + 1}_here`, here],
    [`feature_${index + 1}_rest`, rest],
  ]);
  const value = Math.round(distance * 100) / 100;
  return {
    rule: "style.change",
    severity: distance >= limits.medium ? "medium" : "low",
    value,
    threshold: limits.low,
    span: null,
    facts: { ...facts, distance: value, threshold: limits.low, ...Object.fromEntries(told) },
  };
}
