import type { Language } from "../language.ts";
import { type PreparedText, wordsIn } from "../prepared-text.ts";
import { mean, standardDeviation } from "../readability/spread.ts";
import type { Span } from "../span.ts";
import { CONNECTIVES } from "./connectives.ts";
import { comparable, PhraseList } from "./phrase-list.ts";
import { PHRASES_EN } from "./phrases-en.ts";
import { PHRASES_ES } from "./phrases-es.ts";
import { PHRASES_PT } from "./phrases-pt.ts";

/** What is looked at. None of it is worse for simple words, short sentences or mistakes. */
export interface MachineFeatures {
  readonly words: number;
  /** Stock phrases of language models in 1,000 words; a phrase that is the topic counts once in 1,000. */
  readonly phrasesPerThousand: number;
  /** Those phrases, most frequent first. */
  readonly phrases: readonly string[];
  /** Share of sentences that a connective opens, 0..1. */
  readonly connectiveShare: number;
  /** Standard deviation of the sentences' lengths by their mean; null for fewer than five. */
  readonly sentenceVariation: number | null;
  /** The same of paragraphs; null for fewer than four. */
  readonly paragraphVariation: number | null;
  /** Numbers, names, quotations, questions, exclamations and words for oneself, in 1,000 words. */
  readonly detailsPerThousand: number;
}

const PHRASES: Readonly<Record<Language, PhraseList>> = {
  en: new PhraseList(PHRASES_EN),
  es: new PhraseList(PHRASES_ES),
  pt: new PhraseList(PHRASES_PT),
};

const OPENINGS: Readonly<Record<Language, PhraseList>> = {
  en: new PhraseList(CONNECTIVES.en),
  es: new PhraseList(CONNECTIVES.es),
  pt: new PhraseList(CONNECTIVES.pt),
};

/** Folded. `I` is a capital anyway. */
const ONESELF: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(["i", "my", "me", "mine", "myself", "i'm", "i've", "i'd", "i'll"]),
  es: new Set(["yo", "mi", "mis", "me", "conmigo"]),
  pt: new Set(["eu", "meu", "meus", "minha", "minhas", "me", "mim", "comigo"]),
};

const FEWEST_SENTENCES = 5;
const FEWEST_PARAGRAPHS = 4;

/** O(length). */
export function measureMachineFeatures(prepared: PreparedText, language: Language): MachineFeatures {
  const words = comparable(prepared.words.folded);
  const perThousand = (count: number) => (1000 * count) / Math.max(1, words.length);
  const counts = PHRASES[language].count(words);
  const most = 1 + Math.floor(words.length / 1000);
  let phrases = 0;
  for (const count of counts.values()) phrases += Math.min(count, most);
  const sentences = prepared.sentences.map((span) => wordsIn(prepared, span)).filter(notEmpty);
  return {
    words: words.length,
    phrasesPerThousand: perThousand(phrases),
    phrases: [...counts].sort((a, b) => b[1] - a[1]).map(([phrase]) => phrase),
    connectiveShare:
      sentences.filter(({ first }) => OPENINGS[language].at(words, first) !== null).length /
      Math.max(1, sentences.length),
    sentenceVariation: variation(sentences.map(lengthOf), FEWEST_SENTENCES),
    paragraphVariation: variation(paragraphLengths(prepared), FEWEST_PARAGRAPHS),
    detailsPerThousand: perThousand(
      details(prepared, words, ONESELF[language], new Set(sentences.map(({ first }) => first))),
    ),
  };
}

type WordRange = { readonly first: number; readonly last: number };

const lengthOf = ({ first, last }: WordRange) => last - first;
const notEmpty = (range: WordRange) => lengthOf(range) > 0;

/** A paragraph of fewer words is a heading or an item of a list. */
const PARAGRAPH_WORDS = 20;

function paragraphLengths(prepared: PreparedText): number[] {
  return prepared.paragraphs
    .map((span: Span) => lengthOf(wordsIn(prepared, span)))
    .filter((length) => length >= PARAGRAPH_WORDS);
}

function variation(lengths: readonly number[], fewest: number): number | null {
  const middle = mean(lengths);
  const spread = standardDeviation(lengths);
  return lengths.length < fewest || middle === null || spread === null ? null : spread / middle;
}

const MARKS = /["“«¿?¡!]/g;

function details(
  { text, words }: PreparedText,
  comparableWords: readonly string[],
  oneself: ReadonlySet<string>,
  openers: ReadonlySet<number>,
): number {
  let count = 0;
  for (let index = 0; index < words.count; index++) {
    const letter = text.charAt(words.starts[index]!);
    const isName = !openers.has(index) && letter !== letter.toLowerCase();
    if (isName || (letter >= "0" && letter <= "9") || oneself.has(comparableWords[index]!)) count++;
  }
  for (const _ of text.matchAll(MARKS)) count++;
  return count;
}
