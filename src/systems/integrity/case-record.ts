import type { Dimension, Level, Product, ReviewState, Role } from "../../contracts/integrity/index.ts";
import type { EvidenceStrengths } from "./scoring/score-evidence.ts";

/** A file that was analysed. */
export interface CaseFile {
  readonly filename: string;
  readonly format: string;
  /** Where it lies in the file store; null where files are not kept. */
  readonly key: string | null;
}

/** One analysed document with its headline figures. */
export interface CaseRecord {
  readonly id: string;
  /** Milliseconds UTC, different for each case of a process: the order of lists. Answers show it to the second. */
  readonly analyzedAt: number;
  readonly title: string | null;
  readonly author: string | null;
  readonly role: Role;
  readonly product: Product;
  readonly evidence: EvidenceStrengths;
  readonly overall: number;
  readonly level: Level;
  /** 0..1, three decimals. */
  readonly confidence: number;
  /** 0..100 as shown. */
  readonly dimensions: Readonly<Record<Dimension, number>>;
  readonly recommendations: readonly string[];
  /** Code points, untrimmed. */
  readonly textLength: number;
  readonly reviewState: ReviewState;
  readonly file: CaseFile | null;
  /** Taken over from an older server: its figures are not ours. */
  readonly imported: boolean;
}

/** A title that names nothing, and an author who is nobody: the contract's defaults. */
export const UNTITLED = "Sin título";
export const ANONYMOUS_AUTHOR = "Anónimo";
