import { inTurns } from "../index/turns.ts";
import type { Split } from "../manifest.ts";

/** A picture as far as duplicates go. */
export interface HashedImage {
  readonly path: string;
  readonly split: Split;
  /** Index into the classes. */
  readonly label: number;
  /** Of the file, hex. */
  readonly sha256: string;
  /** As `examineImage` makes it. */
  readonly perceptualHash: string | null;
}

/** Files with the same bytes. */
export interface ExactDuplicate {
  readonly sha256: string;
  /** How many there are. */
  readonly count: number;
  /** The first ten, in the order of the pictures. */
  readonly paths: readonly string[];
  /** The same picture is learned and tested. */
  readonly acrossSplits: boolean;
  /** The same picture has several classes. */
  readonly labelsDiffer: boolean;
}

const MAX_GROUPS = 1000;
const SHOWN_PATHS = 10;

/**
 * Files with the same bytes in several splits, or with several classes. O(pictures).
 * @returns the first 1,000 groups, and how many there are
 */
export async function exactDuplicates(
  images: readonly HashedImage[],
): Promise<{ groups: ExactDuplicate[]; total: number }> {
  const byHash = new Map<string, HashedImage[]>();
  for await (const image of inTurns(images)) {
    const same = byHash.get(image.sha256);
    if (same === undefined) byHash.set(image.sha256, [image]);
    else same.push(image);
  }
  const groups: ExactDuplicate[] = [];
  let total = 0;
  for await (const [sha256, same] of inTurns(byHash)) {
    const acrossSplits = same.some(({ split }) => split !== same[0]?.split);
    const labelsDiffer = same.some(({ label }) => label !== same[0]?.label);
    if (!acrossSplits && !labelsDiffer) continue;
    const paths = same.slice(0, SHOWN_PATHS).map(({ path }) => path);
    if (++total <= MAX_GROUPS) groups.push({ sha256, count: same.length, paths, acrossSplits, labelsDiffer });
  }
  return { groups, total };
}
