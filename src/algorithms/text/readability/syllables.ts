import type { Language } from "../language.ts";
import { countSyllablesEn } from "./syllables-en.ts";
import { countSyllablesEs } from "./syllables-es.ts";
import { countSyllablesPt } from "./syllables-pt.ts";

const COUNTERS: Readonly<Record<Language, (word: string) => number>> = {
  es: countSyllablesEs,
  en: countSyllablesEn,
  pt: countSyllablesPt,
};

/** What joins letters within a word of `Words`. */
const JOINTS = /['’·-]+/;

/** Apostrophes join an English word and part none: don't, students'. */
const APOSTROPHES = /['’]/g;

/**
 * Syllables of a word as it stands in the text; 0 where it has no letter.
 *
 * O(letters).
 */
export function countSyllables(word: string, language: Language): number {
  const lower = word.normalize("NFC").toLowerCase();
  const whole = language === "en" ? lower.replace(APOSTROPHES, "") : lower;
  let syllables = 0;
  for (const part of whole.split(JOINTS)) if (LETTER.test(part)) syllables += COUNTERS[language](part);
  return syllables;
}

const LETTER = /\p{L}/u;
