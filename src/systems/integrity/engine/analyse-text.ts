import { findCharacters } from "../../../algorithms/text/characters/find-characters.ts";
import { CodePoints } from "../../../algorithms/text/code-points.ts";
import type { Analysis, Coverage } from "../../../algorithms/text/finding.ts";
import { estimateMachineText } from "../../../algorithms/text/machine-text/machine-text.ts";
import { findPhrases } from "../../../algorithms/text/phrases/find-phrases.ts";
import type { TorturedPhrase } from "../../../algorithms/text/phrases/phrase-list.ts";
import { type PreparedText, prepareText } from "../../../algorithms/text/prepared-text.ts";
import { describeText } from "../../../algorithms/text/readability/describe-text.ts";
import { analyseReferences } from "../../../algorithms/text/references/analyse-references.ts";
import type { ReferenceRecord } from "../../../algorithms/text/references/reference-signals.ts";
import { candidateKeys } from "../../../algorithms/text/similarity/candidate-keys.ts";
import { packFingerprints } from "../../../algorithms/text/similarity/fingerprint-codec.ts";
import { fingerprint } from "../../../algorithms/text/similarity/fingerprints.ts";
import { checkStatistics } from "../../../algorithms/text/statistics/check-statistics.ts";
import { compareWithEarlier } from "../../../algorithms/text/style/earlier-texts.ts";
import { findStyleChange } from "../../../algorithms/text/style/style-change.ts";
import type { AnalysisRequest, FingerprintedText, ReferenceToLookUp, TextAnalysis } from "./port.ts";
import { toTextFindings } from "./text-finding.ts";

/** Everything that a text shows by itself. O(length), whatever the text. */
export function analyseText(request: AnalysisRequest, phrases: readonly TorturedPhrase[]): TextAnalysis {
  const prepared = prepareText(request.text);
  const points = new CodePoints(request.text);
  const references = analyseReferences(prepared, { currentYear: request.currentYear });
  const analyses: Readonly<Record<string, Analysis>> = {
    style: findStyleChange(prepared),
    ...earlierTexts(prepared, request),
    references,
    statistics: checkStatistics(prepared),
    phrases: findPhrases(prepared, { extra: phrases }),
    characters: findCharacters(prepared),
    machine_text: estimateMachineText(prepared),
  };
  return {
    ...fingerprintPrepared(prepared),
    findings: toTextFindings(
      Object.values(analyses).flatMap(({ findings }) => findings),
      points,
    ),
    signals: {
      language: prepared.language,
      readability: describeText(prepared),
      ...signalsOf(analyses),
    },
    coverage: { readability: readabilityCoverage(prepared), ...coverageOf(analyses) },
    references: referencesOf(request.text, references.signals?.records ?? [], points),
  };
}

/** The records of references go their own way: they are pieces of the text. */
function signalsOf(analyses: Readonly<Record<string, Analysis>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(analyses).flatMap(([name, { signals }]) => {
      if (signals === undefined) return [];
      const { records: _records, ...figures } = signals as { records?: unknown };
      return [[name, figures]];
    }),
  );
}

function referencesOf(
  text: string,
  records: readonly ReferenceRecord[],
  points: CodePoints,
): ReferenceToLookUp[] {
  return records.map(({ title, first_author: firstAuthor, year, doi, span }) => ({
    title,
    firstAuthor,
    year,
    doi,
    entry: text.slice(span.start, span.end),
    span: points.span(span),
  }));
}

/** What finds a text again, and its passages. O(length). */
export function fingerprintText(text: string): FingerprintedText {
  return fingerprintPrepared(prepareText(text));
}

function fingerprintPrepared({ words }: PreparedText): FingerprintedText {
  return {
    words: words.count,
    fingerprints: packFingerprints(fingerprint(words)),
    keys: candidateKeys(words),
  };
}

function earlierTexts(prepared: PreparedText, request: AnalysisRequest): { earlier_texts?: Analysis } {
  if (request.earlierTexts.length === 0) return {};
  return { earlier_texts: compareWithEarlier(prepared, request.earlierTexts.map(prepareText)) };
}

function coverageOf(analyses: Readonly<Record<string, Analysis>>): Record<string, Coverage> {
  return Object.fromEntries(Object.entries(analyses).map(([name, { coverage }]) => [name, coverage]));
}

function readabilityCoverage({ language }: PreparedText): Coverage {
  return language === null ? { done: false, reason: "language_not_supported" } : { done: true };
}
