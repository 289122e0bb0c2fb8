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

/**
 * Pairs of pictures of different splits whose perceptual hashes are at most 4 bits apart, and whose files are not the
 * same: a hint to look, no proof. Pictures of one kind, taken alike, may be as near. Of the pictures of one split
 * with the same hash the first stands for all.
 *
 * About O(pictures); at most 1,000 pairs and 20 million comparisons, `complete` says whether that was enough.
 */
export function nearDuplicates(images: readonly HashedImage[]): {
  pairs: NearDuplicate[];
  complete: boolean;
} {
  const distinct = distinctHashes(images);
  const hashes = distinct.map(({ perceptualHash }) => BigInt(`0x${perceptualHash}`));
  const high = Uint32Array.from(hashes, (hash) => Number(hash >> 32n));
  const low = Uint32Array.from(hashes, (hash) => Number(hash & 0xffff_ffffn));
  const found = new Map<string, NearDuplicate>();
  let comparisons = 0;
  for (const [start, length] of PIECES) {
    const mask = (1n << BigInt(length)) - 1n;
    const buckets = Map.groupBy(distinct.keys(), (at) =>
      Number(((hashes[at] ?? 0n) >> BigInt(start)) & mask),
    );
    for (const bucket of buckets.values())
      for (let first = 0; first < bucket.length; first++)
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
  return { pairs: [...found.values()].sort((a, b) => a.distance - b.distance), complete: true };
}

/** The first picture of each split with each hash. */
function distinctHashes(images: readonly HashedImage[]): HashedImage[] {
  const seen = new Set<string>();
  return images.filter(({ split, perceptualHash }) => {
    if (perceptualHash === null || seen.has(split + perceptualHash)) return false;
    seen.add(split + perceptualHash);
    return true;
  });
}

function ones(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
