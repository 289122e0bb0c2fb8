import type { Language } from "../language.ts";
import { type PreparedText, wordsIn } from "../prepared-text.ts";
import { mtld, wordShares } from "./lexical-diversity.ts";
import {
  fernandezHuerta,
  fleschMartins,
  fleschReadingEase,
  type InfleszBand,
  infleszBand,
  szigrisztPazos,
  type TextCounts,
} from "./reading-ease.ts";
import { burstiness, mean } from "./spread.ts";
import { countSyllables } from "./syllables.ts";

/** Figures that describe a text and mean nothing by themselves. JSON; null where a figure is not defined. */
export interface TextSignals {
  readonly language: Language | null;
  /** With at least one letter. */
  readonly words: number;
  /** With at least one such word. */
  readonly sentences: number;
  readonly paragraphs: number;
  readonly mean_sentence_words: number | null;
  readonly mean_word_letters: number | null;
  /** Of sentence lengths, -1..1. */
  readonly burstiness: number | null;
  readonly type_token_ratio: number | null;
  readonly hapax_ratio: number | null;
  /** From 100 words on. */
  readonly mtld: number | null;
  /** About 0 (hard) to 100 (easy), from 100 words on; of the text's language only. */
  readonly reading_ease: ReadingEase | null;
}

export type ReadingEase =
  | {
      readonly syllables_per_word: number;
      readonly fernandez_huerta: number;
      readonly szigriszt_pazos: number;
      readonly inflesz: InfleszBand;
    }
  | { readonly syllables_per_word: number; readonly flesch: number }
  | { readonly syllables_per_word: number; readonly flesch_martins: number };

/** Flesch's own samples had a hundred words. */
const READING_EASE_WORDS = 100;

const LETTER = /\p{L}/u;

/**
 * Readability and vocabulary of a text, with words compared without case and accents. Descriptive only: none of these
 * figures says anything about who wrote it.
 *
 * Complexity: O(length). Source: spec/integrity.md section 3c.
 */
export function describeText(prepared: PreparedText): TextSignals {
  const { text, words, language } = prepared;
  const spoken = Array.from({ length: words.count }, (_, index) => index).filter((index) =>
    LETTER.test(words.folded[index]!),
  );
  const folded = spoken.map((index) => words.folded[index]!);
  const lengths = sentenceLengths(prepared);
  const shares = wordShares(folded);
  return {
    language,
    words: spoken.length,
    sentences: lengths.length,
    paragraphs: prepared.paragraphs.length,
    mean_sentence_words: rounded(mean(lengths)),
    mean_word_letters: rounded(mean(spoken.map((index) => words.ends[index]! - words.starts[index]!))),
    burstiness: rounded(burstiness(lengths)),
    type_token_ratio: rounded(shares?.different ?? null),
    hapax_ratio: rounded(shares?.once ?? null),
    mtld: rounded(mtld(folded)),
    reading_ease:
      language === null || spoken.length < READING_EASE_WORDS
        ? null
        : readingEase(
            {
              sentences: lengths.length,
              words: spoken.length,
              syllables: syllablesOf(
                spoken.map((index) => text.slice(words.starts[index]!, words.ends[index]!)),
                language,
              ),
            },
            language,
          ),
  };
}

/** Words with a letter in each sentence that has one. */
function sentenceLengths(prepared: PreparedText): number[] {
  const lengths: number[] = [];
  for (const sentence of prepared.sentences) {
    const { first, last } = wordsIn(prepared, sentence);
    let count = 0;
    for (let word = first; word < last; word++) if (LETTER.test(prepared.words.folded[word]!)) count++;
    if (count > 0) lengths.push(count);
  }
  return lengths;
}

/** Each different word is counted once: most words come again. */
function syllablesOf(words: readonly string[], language: Language): number {
  const known = new Map<string, number>();
  let syllables = 0;
  for (const word of words) {
    const count = known.get(word) ?? countSyllables(word, language);
    known.set(word, count);
    syllables += count;
  }
  return syllables;
}

function readingEase(counts: TextCounts, language: Language): ReadingEase {
  const syllables_per_word = rounded(counts.syllables / counts.words);
  if (language === "en") return { syllables_per_word, flesch: rounded(fleschReadingEase(counts)) };
  if (language === "pt") return { syllables_per_word, flesch_martins: rounded(fleschMartins(counts)) };
  const perspicuity = szigrisztPazos(counts);
  return {
    syllables_per_word,
    fernandez_huerta: rounded(fernandezHuerta(counts)),
    szigriszt_pazos: rounded(perspicuity),
    inflesz: infleszBand(perspicuity),
  };
}

function rounded(value: number): number;
function rounded(value: number | null): number | null;
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
