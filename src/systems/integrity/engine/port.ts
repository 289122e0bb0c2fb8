import type { Coverage, Facts, Severity, TextRule } from "../../../algorithms/text/finding.ts";
import type { Span } from "../../../algorithms/text/span.ts";
import type { ExclusionChoice } from "../measurement.ts";

/** A finding of the text alone, its place in code points. */
export interface TextFinding {
  readonly rule: TextRule;
  readonly severity: Severity;
  readonly value: number | string;
  readonly threshold: number | string | null;
  readonly span: Span | null;
  readonly facts: Facts;
}

/** What a reference says of itself, for those who look it up. */
export interface ReferenceToLookUp {
  readonly title: string | null;
  readonly firstAuthor: string | null;
  readonly year: number | null;
  readonly doi: string | null;
  /** As it stands in the text. */
  readonly entry: string;
  /** Code points. */
  readonly span: Span;
}

export interface AnalysisRequest {
  readonly text: string;
  readonly currentYear: number;
  /** Other texts of the same author; empty where their style is not to be compared. */
  readonly earlierTexts: readonly string[];
}

/** What a text shows by itself. */
export interface TextAnalysis extends FingerprintedText {
  readonly findings: readonly TextFinding[];
  readonly signals: Readonly<Record<string, unknown>>;
  readonly coverage: Readonly<Record<string, Coverage>>;
  readonly references: readonly ReferenceToLookUp[];
}

/** A document to compare with. */
export interface ComparedDocument {
  readonly document: number;
  readonly fingerprints: Uint8Array;
  /** Deflated UTF-8; null where its text is not kept: then passages are found by fingerprints, coarser. */
  readonly packedText: Uint8Array | null;
}

export interface ComparisonRequest {
  readonly text: string;
  readonly documents: readonly ComparedDocument[];
  /** Texts that everybody is given. */
  readonly templates: readonly ComparedDocument[];
  readonly exclusions: ExclusionChoice;
  /** Hashes that very many documents have. */
  readonly common: Uint32Array;
}

/** A passage that stands in another document too. */
export interface SimilarPassage {
  readonly document: number;
  /** Code points of the analysed text. */
  readonly span: Span;
  /** Code points of the other text; UTF-16 offsets where that text is not kept. */
  readonly sourceSpan: Span;
  readonly matchedWords: number;
  readonly words: number;
  /** 0..1 */
  readonly similarity: number;
  /** It stands within quotation marks. */
  readonly quoted: boolean;
}

export interface Comparison {
  readonly passages: readonly SimilarPassage[];
  readonly similar: readonly {
    readonly document: number;
    readonly share: number;
    readonly matchedWords: number;
    readonly passages: number;
  }[];
  /** 0..1 of the text's words that lie in any passage. */
  readonly share: number;
}

/** What finds a text again, and its passages. */
export interface FingerprintedText {
  readonly words: number;
  /** Packed. */
  readonly fingerprints: Uint8Array;
  /** Ascending. */
  readonly keys: Uint32Array;
}

/** Analyses texts, off the event loop. */
export interface TextEngine {
  /** @throws QuatrainError `analysis_busy` (429), `analysis_too_slow` (413); the signal's reason */
  analyse(request: AnalysisRequest, signal?: AbortSignal): Promise<TextAnalysis>;
  /** @throws as `analyse` */
  fingerprint(text: string, signal?: AbortSignal): Promise<FingerprintedText>;
  /** @throws as `analyse` */
  compare(request: ComparisonRequest, signal?: AbortSignal): Promise<Comparison>;
  close(): Promise<void>;
}
