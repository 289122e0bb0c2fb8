import { setImmediate } from "node:timers/promises";
import { inTurns } from "../index/turns.ts";
import type { HashedImage } from "./exact-duplicates.ts";

/** Two pictures of different splits that look the same. */
export interface NearDuplicate {
  readonly paths: readonly [string, string];
  /** Bits of 64 in which their perceptual hashes differ. */
  readonly distance: number;
}

/** Scaled and recompressed copies differ in so many bits at most; so do some pictures that are none. */
const MAX_DISTANCE = 4;
/** Two hashes that differ in 4 bits agree in one of 5 pieces: where each begins, and how many bits it has. */
const PIECES = [
  [0, 13],
  [13, 13],
  [26, 13],
  [39, 13],
  [52, 12],
] as const;
const MAX_PAIRS = 1000;
const MAX_COMPARISONS = 20_000_000;
/** Work between two turns of the event loop: a few milliseconds. */
const COMPARISONS = 200_000;
const BUCKETS = 500;

/**
 * Pairs of pictures of different splits whose perceptual hashes are at most 4 bits apart, and whose files are not the
 * same: a hint to look, no proof. Pictures of one kind, taken alike, may be as near. Of the pictures of one split
 * with the same hash the first stands for all.
 *
 * About O(pictures); at most 1,000 pairs and 20 million comparisons, `complete` says whether that was enough.
 */
export async function nearDuplicates(images: readonly HashedImage[]): Promise<{
  pairs: NearDuplicate[];
  complete: boolean;
}> {
  const distinct = await distinctHashes(images);
  const high = Uint32Array.from(distinct, ({ perceptualHash }) => halfOf(perceptualHash, 0));
  const low = Uint32Array.from(distinct, ({ perceptualHash }) => halfOf(perceptualHash, 8));
  const found = new Map<string, NearDuplicate>();
  let comparisons = 0;
  let restedAt = 0;
  for (const [start, length] of PIECES) {
    const buckets = Map.groupBy(distinct.keys(), (at) => bitsOf(high[at]!, low[at]!, start, length));
    for await (const bucket of inTurns(buckets.values(), BUCKETS))
      for (let first = 0; first < bucket.length; first++) {
        if (comparisons - restedAt > COMPARISONS) {
          restedAt = comparisons;
          await setImmediate();
        }
        for (let second = first + 1; second < bucket.length; second++) {
          const [a, b] = [bucket[first]!, bucket[second]!];
          if (++comparisons > MAX_COMPARISONS || found.size >= MAX_PAIRS)
            return { pairs: [...found.values()], complete: false };
          const [one, other] = [distinct[a]!, distinct[b]!];
          if (one.split === other.split || one.sha256 === other.sha256) continue;
          const distance = ones(high[a]! ^ high[b]!) + ones(low[a]! ^ low[b]!);
          if (distance <= MAX_DISTANCE) found.set(`${a} ${b}`, { paths: [one.path, other.path], distance });
        }
      }
  }
  return { pairs: [...found.values()].sort((a, b) => a.distance - b.distance), complete: true };
}

/** The first picture of each split with each hash. */
async function distinctHashes(images: readonly HashedImage[]) {
  const seen = new Map<string, HashedImage & { readonly perceptualHash: string }>();
  for await (const image of inTurns(images)) {
    const { split, perceptualHash } = image;
    if (perceptualHash === null || seen.has(split + perceptualHash)) continue;
    seen.set(split + perceptualHash, { ...image, perceptualHash });
  }
  return [...seen.values()];
}

/** 32 bits of a hash, from a digit on. */
function halfOf(hash: string, digit: number): number {
  return Number.parseInt(hash.slice(digit, digit + 8), 16);
}

/** So many bits from the lowest but `start`; at most 31, some of either half. */
function bitsOf(high: number, low: number, start: number, length: number): number {
  const shifted =
    start >= 32 ? high >>> (start - 32) : start === 0 ? low : (low >>> start) | (high << (32 - start));
  return shifted & (2 ** length - 1);
}

function ones(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
