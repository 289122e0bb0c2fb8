import { type SeededRandom, seededRandom } from "../anomaly/seeded-random.ts";

/** What randomness is for: streams of different purposes never meet. */
export type RandomPurpose = "split" | "initial-weights" | "order" | "augmentation" | "mixing";

const PURPOSES: readonly RandomPurpose[] = ["split", "initial-weights", "order", "augmentation", "mixing"];

/**
 * The random numbers of one place in a training run, for example `randomStream(seed, "augmentation", epoch, image)`.
 * They follow from the place alone: nothing has to be saved to continue a run, and pictures may be prepared in any order.
 * @param place whole numbers
 */
export function randomStream(
  seed: number,
  purpose: RandomPurpose,
  ...place: readonly number[]
): SeededRandom {
  const words = [seed, Math.floor(seed / 0x1_0000_0000), PURPOSES.indexOf(purpose), ...place];
  const low = words.reduce((hash, word) => mixed(hash, word), 0x2545f491);
  const high = words.reduce((hash, word) => mixed(hash, word), 0x6a09e667);
  return seededRandom((low >>> 0) + (high >>> 12) * 0x1_0000_0000);
}

/** MurmurHash3's step and finaliser: close places give distant hashes. */
function mixed(hash: number, word: number): number {
  let k = Math.imul(word | 0, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  let h = hash ^ k;
  h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
