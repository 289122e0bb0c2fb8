import { percentile } from "./percentile.ts";

/** How the newest scores of a line compare with those of its calibration. */
export interface Drift {
  /**
   * `no_reference`: too few OK scores behind the calibration. `collecting`: too few new scores. `drifting` says why in
   * `causes`.
   */
  readonly state: "no_reference" | "collecting" | "steady" | "drifting";
  readonly causes: readonly ("scores" | "alarms")[];
  /** Scores that were looked at, and those among them at or below the threshold. */
  readonly count: number;
  readonly okCount: number;
  readonly referenceCount: number;
  /** Kolmogorov-Smirnov distance of the OK-decided scores from the calibration's; null without enough of both. */
  readonly distance: number | null;
  readonly distanceLimit: number | null;
  /** How far the median and the 95 % percentile moved, in the calibration's interquartile ranges; signed. */
  readonly medianShift: number | null;
  readonly tailShift: number | null;
  /** Share of the scores above the threshold. */
  readonly alarmShare: number | null;
}

export const DRIFT_WINDOW = 200;
const FEWEST_SCORES = 50;
const FEWEST_REFERENCES = 10;
/** Of either side at or below the threshold: fewer have no distribution. */
const FEWEST_COMPARED = 5;
/** sqrt(-ln(alpha / 2) / 2) for alpha = 0.001: one false alarm in a thousand independent looks. */
const KS_FACTOR = Math.sqrt(-Math.log(0.0005) / 2);
/** Smaller distances are certain at most, not important. */
const LEAST_DISTANCE = 0.25;
/** Two-sided 0.001 of the normal distribution. */
const Z = 3.2905;
const MOST_ALARMS = 0.2;

/**
 * Compares new scores with the OK scores of a calibration: their distribution by the two-sample Kolmogorov-Smirnov test,
 * which needs no bins and works with twenty references, and the share of alarms by a confidence bound, which sees what the
 * first cannot: scores that have all gone beyond the threshold. O(n log n).
 *
 * @param scores of the newest pictures, at most `DRIFT_WINDOW`
 * Source: Hodges, The significance probability of the Smirnov two-sample test, 1958; Wilson, 1927.
 */
export function driftOf(
  scores: readonly number[],
  okReferences: readonly number[],
  threshold: number,
): Drift {
  const ok = scores.filter((score) => score <= threshold);
  const references = okReferences.filter((score) => score <= threshold);
  const alarmShare = scores.length === 0 ? null : 1 - ok.length / scores.length;
  const facts = { count: scores.length, okCount: ok.length, referenceCount: okReferences.length, alarmShare };
  const nothing = { causes: [], distance: null, distanceLimit: null, medianShift: null, tailShift: null };
  if (okReferences.length < FEWEST_REFERENCES || references.length < FEWEST_COMPARED)
    return { ...facts, ...nothing, state: "no_reference" };
  if (scores.length < FEWEST_SCORES) return { ...facts, ...nothing, state: "collecting" };
  const alarms =
    lowerBound(scores.length - ok.length, scores.length) > MOST_ALARMS ? ["alarms" as const] : [];
  if (ok.length < FEWEST_COMPARED)
    return { ...facts, ...nothing, causes: alarms, state: alarms.length > 0 ? "drifting" : "collecting" };
  const distance = smirnovDistance(ok, references);
  const certain = KS_FACTOR * Math.sqrt((ok.length + references.length) / (ok.length * references.length));
  const distanceLimit = Math.max(certain, LEAST_DISTANCE);
  const causes = [...(distance > distanceLimit ? ["scores" as const] : []), ...alarms];
  const range = Math.max(at(references, 75) - at(references, 25), Number.EPSILON);
  return {
    ...facts,
    state: causes.length > 0 ? "drifting" : "steady",
    causes,
    distance,
    distanceLimit,
    medianShift: (at(ok, 50) - at(references, 50)) / range,
    tailShift: (at(ok, 95) - at(references, 95)) / range,
  };
}

/** The largest difference between the two distributions. */
export function smirnovDistance(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [first, second].map((values) => Float64Array.from(values).sort()) as [
    Float64Array,
    Float64Array,
  ];
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

/** What a share is at least (Wilson's interval). */
function lowerBound(hits: number, count: number): number {
  const share = hits / count;
  const spread = Z * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2));
  return (share + Z ** 2 / (2 * count) - spread) / (1 + Z ** 2 / count);
}

function at(values: readonly number[], percent: number): number {
  return percentile(values, percent) ?? 0;
}
