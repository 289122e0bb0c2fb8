/** When runs that two texts share make a passage. Source: spec/integrity.md section 3a, and measure. */
export interface Chaining {
  /** How far runs may lie apart, in words on either side. */
  readonly gapWords: number;
  /** What a word between two runs takes from a chain's score; a word that is shared adds 1 less this. */
  readonly gapCost: number;
  /** A chain ends where its score has dropped so much below its best: what follows is chance. */
  readonly maxDrop: number;
  /** Fewer shared words are no passage. */
  readonly minMatchedWords: number;
  /** Shared words of a passage's words, on the side where it is longer, from `ampleWords` shared words on. */
  readonly minDensity: number;
  /** The same with `minMatchedWords`: a few shared words far apart are chance. Between the two it falls evenly. */
  readonly minDensityOfFew: number;
  readonly ampleWords: number;
  /** Different words, or fingerprints, among those that are shared: a table of noughts is no passage. */
  readonly minDifferent: number;
}

/** The density from which so many shared words are a passage. */
export function densityNeeded(matchedWords: number, chaining: Chaining): number {
  const { minMatchedWords, ampleWords, minDensity, minDensityOfFew } = chaining;
  const few = Math.max(0, (ampleWords - matchedWords) / (ampleWords - minMatchedWords));
  return minDensity + few * (minDensityOfFew - minDensity);
}

/**
 * Of texts: gap, density and fewest words are the specification's. The density that a few words need was raised from
 * .35 to .6 by measure: among sections of one handbook it halves the pairs that are reported, and what goes is chance.
 */
export const TEXT_CHAINING: Chaining = {
  gapWords: 25,
  gapCost: 0.2,
  maxDrop: 8,
  minMatchedWords: 12,
  minDensity: 0.35,
  minDensityOfFew: 0.6,
  ampleWords: 30,
  minDifferent: 6,
};

/**
 * Of fingerprints: four words in a row are rarer than two, so that fewer of them, farther apart, show as much; but every
 * edited word takes four of them away.
 */
export const FINGERPRINT_CHAINING: Chaining = {
  gapWords: 60,
  gapCost: 0.05,
  maxDrop: 8,
  minMatchedWords: 12,
  minDensity: 0.1,
  minDensityOfFew: 0.2,
  ampleWords: 30,
  minDifferent: 3,
};
