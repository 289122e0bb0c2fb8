import type { ReportLanguage } from "../accepted-language.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { pt } from "./words/pt.ts";
import type { ReportWords } from "./words/report-words.ts";

const WORDS: Readonly<Record<ReportLanguage, ReportWords>> = { es, en, pt };

/** Everything that a report says by itself, in one language. */
export function wordsOf(language: ReportLanguage): ReportWords {
  return WORDS[language];
}
