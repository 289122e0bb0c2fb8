import type { Span } from "../../src/algorithms/text/span.ts";

/** A passage and where it comes from. */
export interface Case {
  readonly suspicious: Span;
  readonly document: number;
  readonly source: Span;
}

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  /** Detections for each case that was found; 1 is best. */
  readonly granularity: number;
  readonly plagdet: number;
}

/** The truth about one text, and what was found in it. */
export interface Judged {
  readonly truth: readonly Case[];
  readonly found: readonly Case[];
}

/**
 * Macro-averaged over cases and detections, by characters of both sides.
 *
 * Source: Potthast, Stein, Barrón-Cedeño, Rosso, "An evaluation framework for plagiarism detection" (COLING 2010).
 */
export function plagdet(texts: readonly Judged[]): Quality {
  const precision = mean(texts.flatMap(({ truth, found }) => found.map((one) => coverage(one, truth))));
  const recall = mean(texts.flatMap(({ truth, found }) => truth.map((one) => coverage(one, found))));
  const detections = texts.flatMap(({ truth, found }) =>
    truth.map((one) => found.filter((other) => touch(one, other)).length).filter((count) => count > 0),
  );
  const granularity = detections.length === 0 ? 1 : mean(detections);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, granularity, plagdet: f1 / Math.log2(1 + granularity) };
}

/** Share of a case's characters, on both sides, that lie in those of `others` that touch it on both. */
function coverage(one: Case, others: readonly Case[]): number {
  const touching = others.filter((other) => touch(one, other));
  const covered =
    common(
      one.suspicious,
      touching.map(({ suspicious }) => suspicious),
    ) +
    common(
      one.source,
      touching.map(({ source }) => source),
    );
  return covered / (length(one.suspicious) + length(one.source));
}

function touch(a: Case, b: Case): boolean {
  return (
    a.document === b.document && common(a.suspicious, [b.suspicious]) > 0 && common(a.source, [b.source]) > 0
  );
}

/** Characters of `span` that lie in at least one of `others`. */
function common(span: Span, others: readonly Span[]): number {
  let covered = 0;
  let from = span.start;
  for (const { start, end } of [...others].sort((a, b) => a.start - b.start)) {
    const until = Math.min(end, span.end);
    covered += Math.max(0, until - Math.max(start, from));
    from = Math.max(from, until);
  }
  return covered;
}

function length({ start, end }: Span): number {
  return end - start;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
