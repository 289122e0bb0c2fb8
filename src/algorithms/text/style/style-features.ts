import type { Language } from "../language.ts";
import { FUNCTION_WORDS } from "./function-words.ts";
import {
  FIRST_COUNTED,
  FIRST_FUNCTION_WORD,
  FIRST_MARK,
  profileCosine,
  SENTENCE_LENGTH,
  sumsOf,
  WORD_LENGTH,
} from "./style-deviations.ts";
import type { StyleDistance } from "./style-distance.ts";
import { LETTERS, MARK_NAMES, SENTENCES, type StyleSums, WORDS } from "./style-sums.ts";

/** One feature in a stretch and in its rest. */
export interface StyleFeature {
  /** `sentence_length`, `word_length`, `capitals`, `digits`, a mark's name, `function_word:<word>`, `character_trigrams`. */
  readonly name: string;
  /** Words per sentence, letters per word, occurrences in 100 words; for the trigrams the cosine, 0..1. */
  readonly here: number;
  readonly rest: number;
}

const FEATURES_TOLD = 3;

/** Below this a feature is as in the rest: standard deviations. */
const NOTABLE = 1;

/** The features that set a stretch apart most, strongest first. */
export function topFeatures(
  { features, profile }: StyleDistance,
  stretch: StyleSums,
  rest: StyleSums,
  language: Language,
): StyleFeature[] {
  const ranked = [...features]
    .map((deviation, feature) => ({ strength: Math.abs(deviation), feature }))
    .filter(({ strength }) => strength >= NOTABLE)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, FEATURES_TOLD)
    .map(({ strength, feature }) => ({ strength, ...describe(feature, stretch, rest, language) }));
  if (profile >= NOTABLE) {
    const similarity = profileCosine(stretch, rest);
    ranked.push({ strength: profile, name: "character_trigrams", here: similarity, rest: 1 });
    ranked.sort((a, b) => b.strength - a.strength);
  }
  return ranked
    .slice(0, FEATURES_TOLD)
    .map(({ name, here, rest }) => ({ name, here: round(here), rest: round(rest) }));
}

function describe(feature: number, stretch: StyleSums, rest: StyleSums, language: Language): StyleFeature {
  const name = nameOf(feature, language);
  const value = (sums: StyleSums) => {
    if (feature === SENTENCE_LENGTH) return sums[WORDS]! / Math.max(1, sums[SENTENCES]!);
    if (feature === WORD_LENGTH) return sums[LETTERS + 1]! / Math.max(1, sums[LETTERS]!);
    return (100 * Math.max(0, sums[sumsOf(feature)]!)) / sums[WORDS]!;
  };
  return { name, here: value(stretch), rest: value(rest) };
}

function nameOf(feature: number, language: Language): string {
  if (feature === SENTENCE_LENGTH) return "sentence_length";
  if (feature === WORD_LENGTH) return "word_length";
  if (feature < FIRST_MARK) return feature === FIRST_COUNTED ? "capitals" : "digits";
  if (feature < FIRST_FUNCTION_WORD) return MARK_NAMES[feature - FIRST_MARK]!;
  return `function_word:${[...FUNCTION_WORDS[language].keys()][feature - FIRST_FUNCTION_WORD]}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
