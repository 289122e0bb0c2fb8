import type { ReportInput } from "../report-input.ts";
import type { ReportWords } from "../words/report-words.ts";
import { wordsOf } from "../words.ts";
import { formatsOf, type NumberFormats } from "./number-formats.ts";
import { type FindingList, numberFindings } from "./numbered-findings.ts";
import { type PairLimits, type PairList, pairPassages } from "./passage-pairs.ts";

/** What both kinds of report show, worked out once. */
export interface ReportContent {
  readonly input: ReportInput;
  readonly words: ReportWords;
  readonly formats: NumberFormats;
  readonly findings: FindingList;
  readonly pairs: PairList;
  /** Of the analysed text, where it was recognised: `es`, `en` or `pt`. */
  readonly textLanguage: string | null;
}

export interface ContentLimits {
  readonly findings: number;
  readonly pairs: PairLimits;
}

/** O(text + findings log findings). */
export function reportContent(input: ReportInput, limits: ContentLimits): ReportContent {
  const words = wordsOf(input.language);
  const findings = numberFindings(input.case.measured?.findings ?? [], input.text, limits.findings);
  const language = input.case.measured?.signals.language;
  return {
    input,
    words,
    formats: formatsOf(input.language),
    findings,
    pairs: pairPassages(input, findings.listed, limits.pairs),
    textLanguage: typeof language === "string" && language in words.signals.languages ? language : null,
  };
}
