import { type SeededRandom, sampleWithoutReplacement } from "../anomaly/seeded-random.ts";
import { randomStream } from "./random-streams.ts";

/** Which epoch of which run. */
export interface EpochOrderOptions {
  readonly seed: number;
  readonly epoch: number;
  /** One per sample. */
  readonly labels: ArrayLike<number>;
  /** Whether each class is drawn as often as any other, instead of each sample once. */
  readonly balanced: boolean;
}

/**
 * Indices of the samples in the order in which an epoch sees them; as many as there are samples. Plain: every one once,
 * shuffled. Balanced: drawn with replacement, each with a chance of 1 / (classes present * samples of its class), as
 * torch's WeightedRandomSampler with inverse frequencies. It follows from seed and epoch alone. O(samples).
 */
export function epochOrder({ seed, epoch, labels, balanced }: EpochOrderOptions): Int32Array {
  const random = randomStream(seed, "order", epoch);
  return balanced
    ? drawnByClass(labels, random)
    : sampleWithoutReplacement(labels.length, labels.length, random);
}

function drawnByClass(labels: ArrayLike<number>, random: SeededRandom): Int32Array {
  const byClass = [...Map.groupBy(Array.from(labels).keys(), (sample) => labels[sample] as number).values()];
  return Int32Array.from({ length: labels.length }, () => {
    const members = byClass[random.below(byClass.length)] as number[];
    return members[random.below(members.length)] as number;
  });
}
