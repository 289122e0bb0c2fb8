import type { z } from "zod";
import type { Case, Review, ReviewState } from "../../../contracts/integrity/index.ts";
import type { ReportLanguage } from "../accepted-language.ts";

/** A document that shares passages with the analysed one. */
export interface ReportSource {
  readonly id: string;
  readonly kind: "case" | "source";
  readonly title: string | null;
  readonly author: string | null;
  /** Null where texts are not kept. */
  readonly text: string | null;
}

/** Everything that a report shows: plain data, which a worker thread can be sent. */
export interface ReportInput {
  readonly language: ReportLanguage;
  /** Milliseconds UTC. */
  readonly generatedAt: number;
  /** The server's. */
  readonly version: string;
  /** As presented in the report's language. */
  readonly case: z.output<typeof Case>;
  /** Null where texts are not kept. The places of findings are code points of it. */
  readonly text: string | null;
  readonly sources: readonly ReportSource[];
  /** Oldest first. */
  readonly reviews: { readonly state: ReviewState; readonly reviews: readonly z.output<typeof Review>[] };
}

export type ReportCase = ReportInput["case"];
export type ReportMeasured = NonNullable<ReportCase["measured"]>;
export type ReportFinding = ReportMeasured["findings"][number];
