import type { Severity } from "../finding.ts";

/** Words from which a few coincidences are no longer one. */
const SOME = 3;

/** How much the words of one text weigh together. */
export interface Extent {
  readonly affected: number;
  /** Different words among them: the same mistyped word again and again is one mistake. */
  readonly distinct: number;
  readonly words: number;
}

/**
 * Low for one or two words, medium for some, high where they are systematic: so many words, or at least some that make
 * one word in a hundred. `systematicFrom` is the number of words from which there are too many for a slip.
 */
export function severityOfExtent(
  { affected, distinct, words }: Extent,
  systematicFrom: number,
  needsShare: boolean,
): Severity {
  const share = affected >= words / 100;
  const many = affected >= systematicFrom;
  if (distinct >= SOME && (needsShare ? many && share : many || share)) return "high";
  return affected >= SOME ? "medium" : "low";
}
