import { sampleWithoutReplacement } from "../anomaly/seeded-random.ts";
import { randomStream } from "./random-streams.ts";

/** The samples of one label, and how many of them are for validation. */
interface Stratum {
  readonly label: number;
  readonly samples: readonly number[];
  /** Before rounding. */
  readonly quota: number;
  /** Largest number that leaves one for training. */
  readonly most: number;
  taken: number;
}

/**
 * Splits samples into training and validation with the same share of every label, as near as whole samples allow: the
 * whole is rounded first, what the labels' floors leave goes to the largest remainders. A label with two or more samples
 * has at least one on each side; one with a single sample trains. It follows from the seed and the labels in their
 * order. O(samples).
 * @param validationShare in (0, 1); 0.2 with seed 42 by custom (spec/training.md, section 3)
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  { validationShare, seed }: { readonly validationShare: number; readonly seed: number },
): ("train" | "val")[] {
  if (!(validationShare > 0 && validationShare < 1))
    throw new RangeError(`a share for validation lies between 0 and 1: ${validationShare}`);
  const strata = strataOf(labels, validationShare);
  const floors = strata.reduce((sum, { taken }) => sum + taken, 0);
  const left = Math.max(0, Math.round(labels.length * validationShare) - floors);
  const byRemainder = strata
    .filter(({ taken, quota, most }) => taken < Math.min(quota, most))
    .sort((a, b) => b.quota - b.taken - (a.quota - a.taken) || a.label - b.label);
  for (const stratum of byRemainder.slice(0, left)) stratum.taken++;

  const sides = Array.from<"train" | "val">({ length: labels.length }).fill("train");
  for (const { label, samples, taken } of strata) {
    const random = randomStream(seed, "split", label);
    for (const at of sampleWithoutReplacement(samples.length, taken, random))
      sides[samples[at] as number] = "val";
  }
  return sides;
}

function strataOf(labels: ArrayLike<number>, validationShare: number): Stratum[] {
  const byLabel = Map.groupBy(Array.from(labels).keys(), (sample) => labels[sample] as number);
  return [...byLabel].map(([label, samples]) => {
    const quota = samples.length * validationShare;
    const most = samples.length - 1;
    return { label, samples, quota, most, taken: Math.min(Math.max(Math.floor(quota), 1), most) };
  });
}
