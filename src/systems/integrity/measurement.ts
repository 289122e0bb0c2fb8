import type { Coverage, Facts, Severity } from "../../algorithms/text/finding.ts";
import type { Span } from "../../algorithms/text/span.ts";
import type { Evidence, FindingDimension, Level, RuleName } from "../../contracts/integrity/index.ts";

/** Which passages do not count in a comparison. */
export interface ExclusionChoice {
  readonly quotations: boolean;
  readonly bibliography: boolean;
  readonly template: boolean;
  readonly sameAuthor: boolean;
}

/**
 * References and templates are alike in honest work; quotations and an author's own earlier texts are shown until
 * somebody decides that they do not count.
 */
export const DEFAULT_EXCLUSIONS: ExclusionChoice = {
  quotations: false,
  bibliography: true,
  template: true,
  sameAuthor: false,
};

/** A finding in its place among the dimensions. Spans are in code points, as they are shown. */
export interface MeasuredFinding {
  readonly rule: RuleName;
  readonly dimension: FindingDimension;
  readonly severity: Severity;
  readonly value: number | string;
  readonly threshold: number | string | null;
  readonly span: Span | null;
  readonly facts: Facts;
  /** Of a similar passage: where it stands as well. Names are looked up when it is shown: sources can be deleted. */
  readonly source?: { readonly document: number; readonly span: Span; readonly similarity: number };
}

/** A document that shares passages. */
export interface SimilarDocument {
  readonly document: number;
  /** 0..1 of the analysed document's words. */
  readonly share: number;
  readonly matchedWords: number;
  readonly passages: number;
}

/** Everything that was measured in one text. JSON. */
export interface Measurement {
  readonly findings: readonly MeasuredFinding[];
  readonly similar: readonly SimilarDocument[];
  readonly similarityShare: number;
  readonly signals: Readonly<Record<string, unknown>>;
  readonly suggestedFlags: readonly Evidence[];
  readonly combinedScore: number;
  readonly combinedLevel: Level;
  readonly coverage: Readonly<Record<string, Coverage>>;
  readonly exclusions: ExclusionChoice;
  /** Look-ups under way in the background. */
  readonly pending: readonly string[];
  readonly opinion?: { readonly model: string; readonly text: string; readonly at: number };
  readonly evaluatedAt: number;
}
