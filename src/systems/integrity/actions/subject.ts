import type { Coverage } from "../../../algorithms/text/finding.ts";
import type { Product, Role } from "../../../contracts/integrity/index.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { TextEngine, TextFinding } from "../engine/port.ts";
import type { ExclusionChoice } from "../measurement.ts";
import type { EvidenceStrengths } from "../scoring/score-evidence.ts";
import type { DocumentReader } from "../store/document-reader.ts";

export interface MeasureDeps {
  readonly engine: TextEngine;
  readonly documents: DocumentReader;
  readonly clock: Clock;
  readonly settings: { readonly keepText: boolean; readonly earlierTexts: boolean };
}

/** What is measured, and for whom. */
export interface Subject {
  readonly caseId: string;
  readonly text: string;
  readonly authorKey: string | null;
  readonly evidence: EvidenceStrengths;
  readonly role: Role;
  readonly product: Product;
  readonly exclusions: ExclusionChoice;
  /** Milliseconds UTC. */
  readonly submittedAt: number;
  /** What the file around the text showed; empty where there was none. */
  readonly file: FileAnalysis | null;
}

/** What a file shows beside its text. */
export interface FileAnalysis {
  readonly findings: readonly TextFinding[];
  readonly signals: Readonly<Record<string, unknown>>;
  readonly coverage: Coverage;
}
