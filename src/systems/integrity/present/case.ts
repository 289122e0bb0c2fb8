import type { z } from "zod";
import {
  type AnalyzeAnswer,
  type Case,
  type CaseSummary,
  DIMENSIONS,
  EVIDENCES,
  type Exclusions,
  type Measured,
} from "../../../contracts/integrity/index.ts";
import type { ReportLanguage } from "../accepted-language.ts";
import type { AnalysedCase } from "../actions/add-case.ts";
import type { NamedMeasurement } from "../actions/name-sources.ts";
import { isSameAuthor } from "../author-key.ts";
import type { CaseRecord } from "../case-record.ts";
import { explain } from "../explanations/index.ts";
import { contractInstant } from "../instants.ts";
import type { ExclusionChoice, MeasuredFinding } from "../measurement.ts";
import { DIMENSION_WEIGHTS, PRODUCT_FACTORS, ROLE_FACTORS } from "../scoring/weights.ts";

/** Domain to the contract's JSON. Nothing else shapes an answer. */

export function presentAnalysis(
  { record, numEvidence }: AnalysedCase,
  measurement: NamedMeasurement,
  warnings: readonly string[],
  language: ReportLanguage,
): z.output<typeof AnalyzeAnswer> {
  return {
    status: "success",
    case_id: record.id,
    analysis: {
      overall_score: record.overall,
      overall_level: record.level,
      confidence: record.confidence,
      recommendations: [...record.recommendations],
      dimensions: { ...record.dimensions },
      measured: presentMeasurement(record, measurement, language),
    },
    metadata: {
      text_length: record.textLength,
      num_evidencias: numEvidence,
      analyzed_at: contractInstant(record.analyzedAt),
    },
    ...(warnings.length > 0 ? { warnings: [...warnings] } : {}),
  };
}

export function presentSummary(record: CaseRecord): z.output<typeof CaseSummary> {
  return {
    case_id: record.id,
    title: record.title,
    author: record.author,
    role: record.role,
    product_type: record.product,
    overall_score: record.overall,
    overall_level: record.level,
    confidence: record.confidence,
    analyzed_at: contractInstant(record.analyzedAt),
  };
}

export function presentCase(
  record: CaseRecord,
  measurement: NamedMeasurement | null,
  textKept: boolean,
  language: ReportLanguage,
): z.output<typeof Case> {
  const { file } = record;
  return {
    ...presentSummary(record),
    derivation: presentDerivation(record),
    dimensions: { ...record.dimensions },
    recommendations: [...record.recommendations],
    evidencias: Object.fromEntries(EVIDENCES.map((name) => [name, record.evidence[name]])),
    measured: measurement === null ? null : presentMeasurement(record, measurement, language),
    text_length: record.textLength,
    review_state: record.reviewState,
    text_kept: textKept,
    file: file === null ? null : { filename: file.filename, format: file.format, kept: file.key !== null },
  };
}

function presentDerivation({ role, product, evidence }: CaseRecord): z.output<typeof Case>["derivation"] {
  return {
    role_factor: ROLE_FACTORS[role],
    product_factor: PRODUCT_FACTORS[product],
    observations: DIMENSIONS.flatMap((dimension) =>
      DIMENSION_WEIGHTS[dimension].map(([name, weight]) => ({
        name,
        dimension,
        weight,
        observed: evidence[name] === 1,
      })),
    ),
  };
}

export function presentExclusions(choice: ExclusionChoice): z.output<typeof Exclusions> {
  const { quotations, bibliography, template, sameAuthor } = choice;
  return { quotations, bibliography, template, same_author: sameAuthor };
}

export function presentMeasurement(
  record: Pick<CaseRecord, "author">,
  { measurement, names }: NamedMeasurement,
  language: ReportLanguage,
): z.output<typeof Measured> {
  const { opinion } = measurement;
  const named = (document: number) => {
    const name = names.get(document)!;
    const { kind, id, title, author } = name;
    return { kind, id, title, author, same_author: isSameAuthor(name.authorKey, record.author) };
  };
  return {
    findings: measurement.findings.map((finding) => presentFinding(finding, named, language)),
    similarity: measurement.similar.map(({ document, share, matchedWords, passages }) => ({
      ...named(document),
      share,
      matched_words: matchedWords,
      passages,
    })),
    similarity_share: measurement.similarityShare,
    signals: { ...measurement.signals },
    suggested_flags: [...measurement.suggestedFlags],
    combined_score: measurement.combinedScore,
    combined_level: measurement.combinedLevel,
    coverage: Object.fromEntries(
      Object.entries(measurement.coverage).map(([name, { facts, ...state }]) => [
        name,
        { ...state, ...facts },
      ]),
    ),
    exclusions: presentExclusions(measurement.exclusions),
    pending: [...measurement.pending],
    ...(opinion === undefined ? {} : { opinion: { ...opinion, at: contractInstant(opinion.at) } }),
    evaluated_at: contractInstant(measurement.evaluatedAt),
  };
}

type Named = Pick<z.output<typeof Measured>["similarity"][number], "kind" | "id" | "title" | "same_author">;

function presentFinding(
  finding: MeasuredFinding,
  named: (document: number) => Named,
  language: ReportLanguage,
): z.output<typeof Measured>["findings"][number] {
  const { rule, dimension, severity, value, threshold, span, facts, source } = finding;
  const shown = {
    rule,
    dimension,
    severity,
    value,
    threshold,
    span: span === null ? null : { ...span },
    explanation: explain(finding, language),
    facts: { ...facts },
  };
  if (source === undefined) return shown;
  const { kind, id, title, same_author } = named(source.document);
  return {
    ...shown,
    source: { kind, id, title, span: { ...source.span }, similarity: source.similarity, same_author },
  };
}
