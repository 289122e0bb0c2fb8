import {
  CAPITALS,
  FUNCTION_WORD_COUNTS,
  LETTERS,
  MARKS,
  SENTENCES,
  type StyleSums,
  TRIGRAM_BUCKETS,
  TRIGRAMS,
  WORDS,
} from "./style-sums.ts";

/**
 * How far a stretch lies from its rest, feature by feature, each divided by what chance alone would do: about a standard
 * normal variable where one author writes evenly. In the order sentence length, word length, capitals, digits, marks,
 * function words.
 */
export interface Deviations {
  readonly features: Float64Array;
  /** Logarithm of the cosine distance of the trigram profiles, made free of the stretch's length. */
  readonly profile: number;
  readonly words: number;
}

export const SENTENCE_LENGTH = 0;
export const WORD_LENGTH = 1;
/** Counted features stand this many places before their sums. */
export const FIRST_COUNTED = 2;
const SHIFT = CAPITALS - FIRST_COUNTED;
export const FIRST_MARK = MARKS - SHIFT;
export const FIRST_FUNCTION_WORD = FUNCTION_WORD_COUNTS - SHIFT;

/** Where the sums of a counted feature stand. */
export function sumsOf(feature: number): number {
  return feature + SHIFT;
}

/** O(features). */
export function deviate(stretch: StyleSums, rest: StyleSums): Deviations {
  const features = new Float64Array(stretch.length - SHIFT);
  features[SENTENCE_LENGTH] = deviationOfMean(stretch, rest, SENTENCES);
  features[WORD_LENGTH] = deviationOfMean(stretch, rest, LETTERS);
  const words = stretch[WORDS]!;
  const ratio = words / rest[WORDS]!;
  for (let feature = FIRST_COUNTED; feature < features.length; feature++) {
    const place = sumsOf(feature);
    features[feature] = (steady(stretch[place]!) - steady(rest[place]! * ratio)) / Math.sqrt((1 + ratio) / 4);
  }
  return { features, profile: profileDistance(stretch, rest), words };
}

/** Anscombe's transform (Biometrika 35, 1948), halved: counts about a quarter apart in variance, however rare. */
function steady(count: number): number {
  return Math.sqrt(Math.max(0, count) + 0.375);
}

function deviationOfMean(stretch: StyleSums, rest: StyleSums, place: number): number {
  const [count, restCount] = [stretch[place]!, rest[place]!];
  if (count === 0 || restCount === 0) return 0;
  const mean = rest[place + 1]! / restCount;
  const variance = Math.max(1e-6, rest[place + 2]! / restCount - mean * mean);
  return (stretch[place + 1]! / count - mean) / Math.sqrt(variance * (1 / count + 1 / restCount));
}

/** The cosine distance of two samples of one profile falls about with the root of their length: that is taken out. */
function profileDistance(stretch: StyleSums, rest: StyleSums): number {
  return Math.log(Math.max(1e-9, 1 - profileCosine(stretch, rest))) + 0.5 * Math.log(stretch[WORDS]!);
}

/** Cosine of two trigram profiles, 0..1; 0 where one is empty. */
export function profileCosine(a: StyleSums, b: StyleSums): number {
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let place = TRIGRAMS; place < TRIGRAMS + TRIGRAM_BUCKETS; place++) {
    product += a[place]! * b[place]!;
    squareA += a[place]! ** 2;
    squareB += b[place]! ** 2;
  }
  return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}
