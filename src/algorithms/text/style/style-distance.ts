import {
  type Deviations,
  FIRST_COUNTED,
  FIRST_FUNCTION_WORD,
  FIRST_MARK,
  SENTENCE_LENGTH,
  sumsOf,
  WORD_LENGTH,
} from "./style-deviations.ts";
import type { Peers } from "./style-peers.ts";
import { type StyleSums, WORDS } from "./style-sums.ts";

/** How far a stretch is from its rest. */
export interface StyleDistance {
  /** In standard deviations of what stretches by one author differ, over all features together. */
  readonly distance: number;
  /** Every feature against what its peers deviate: about normal. */
  readonly features: Float64Array;
  /** The trigram profile's distance against its peers', above zero where it is farther off. */
  readonly profile: number;
}

/** Peers count against this many stretches that deviate as expected: with few peers their own spread is chance. */
const PRIOR_STRETCHES = 6;

/** Even one author deviates more than chance, and the more the longer the stretch: topic, section, mood. Per word. */
const OVERDISPERSION = 0.0007;

/** Spread of the logarithm of profile distances within one author's text. */
const PROFILE_VARIANCE = 0.04;

/** A single feature says at most this much: z. */
const LARGEST = 3;
const LARGEST_PROFILE = 4;

/** Features rarer than this in the whole say nothing in a stretch: per word. */
const RAREST = 0.003;

/**
 * Families of features: what stretches by one author show (mean, standard deviation of the root mean square) and what
 * each weighs, fitted on parts of one text set into another by a different author of the same field. The scale makes
 * the sum's standard deviation one on texts by one author.
 */
const FAMILIES = {
  capitals: { mean: 1.12, spread: 0.64, weight: 0.5 },
  marks: { mean: 1.06, spread: 0.38, weight: 0.8 },
  functionWords: { mean: 0.98, spread: 0.14, weight: 0.8 },
  sentenceLength: { mean: 0.87, spread: 0.66, weight: 0.2 },
  wordLength: { mean: 0.87, spread: 0.65, weight: 0.2 },
  profile: { mean: 0, spread: 0.95, weight: 1.2 },
} as const;
const SCALE = 2.25;

/** Features that are frequent enough in the whole to be measured. */
export function measurableFeatures(whole: StyleSums, features: number): boolean[] {
  return Array.from(
    { length: features },
    (_, feature) => feature < FIRST_COUNTED || whole[sumsOf(feature)]! >= RAREST * whole[WORDS]!,
  );
}

/** O(features). */
export function styleDistance(
  deviations: Deviations,
  peers: Peers,
  measurable: readonly boolean[],
): StyleDistance {
  const expected = 1 + OVERDISPERSION * deviations.words;
  const features = deviations.features.map((deviation, feature) => {
    if (!measurable[feature]) return 0;
    const variance = (PRIOR_STRETCHES * expected + peers.squares[feature]!) / (PRIOR_STRETCHES + peers.count);
    return clamp(deviation / Math.sqrt(variance), LARGEST);
  });
  const profile = profileDeviation(deviations.profile, peers);
  const strength = (from: number, to: number) => rootMeanSquare(features, measurable, from, to);
  const total =
    weigh(FAMILIES.capitals, strength(FIRST_COUNTED, FIRST_MARK)) +
    weigh(FAMILIES.marks, strength(FIRST_MARK, FIRST_FUNCTION_WORD)) +
    weigh(FAMILIES.functionWords, strength(FIRST_FUNCTION_WORD, features.length)) +
    weigh(FAMILIES.sentenceLength, Math.abs(features[SENTENCE_LENGTH]!)) +
    weigh(FAMILIES.wordLength, Math.abs(features[WORD_LENGTH]!)) +
    weigh(FAMILIES.profile, profile);
  return { distance: total / SCALE, features, profile };
}

function profileDeviation(profile: number, { count, profileSum, profileSquares }: Peers): number {
  if (count === 0) return 0;
  const mean = profileSum / count;
  const spread = Math.max(0, profileSquares - count * mean * mean);
  const variance = (PRIOR_STRETCHES * PROFILE_VARIANCE + spread) / (PRIOR_STRETCHES + count);
  return clamp((profile - mean) / Math.sqrt(variance * (1 + 1 / count)), LARGEST_PROFILE);
}

/** Null where no feature of the range can be measured. */
function rootMeanSquare(
  features: Float64Array,
  measurable: readonly boolean[],
  from: number,
  to: number,
): number | null {
  let sum = 0;
  let count = 0;
  for (let feature = from; feature < to; feature++) {
    if (!measurable[feature]) continue;
    sum += features[feature]! ** 2;
    count++;
  }
  return count === 0 ? null : Math.sqrt(sum / count);
}

function weigh(family: { mean: number; spread: number; weight: number }, strength: number | null): number {
  return strength === null ? 0 : (family.weight * (strength - family.mean)) / family.spread;
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
