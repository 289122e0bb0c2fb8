import type { ReportMeasured } from "../report-input.ts";

/** Analyses that a case may have had, by their names in `coverage`, in the order in which the report speaks of them. */
export const ANALYSES = [
  "similarity",
  "style",
  "earlier_texts",
  "machine_text",
  "references",
  "statistics",
  "phrases",
  "characters",
  "readability",
  "file",
] as const;
export type AnalysisName = (typeof ANALYSES)[number];

/** Whether an analysis was made, and why not. */
export interface CoverageRow {
  readonly name: AnalysisName;
  readonly done: boolean;
  /** A stable word; null where it was made. */
  readonly reason: string | null;
  /** How much text there would have had to be; null where that is not told. */
  readonly needed: { readonly count: number; readonly of: "words" | "segments" } | null;
  /** Documents that were compared word by word; null for other analyses. */
  readonly documents: number | null;
  /** What of a file could not be read, or was read by guessing: stable words. */
  readonly notes: readonly string[];
}

/** Analyses that were asked for. */
export function coverageRows({ coverage }: Pick<ReportMeasured, "coverage">): CoverageRow[] {
  return ANALYSES.flatMap((name) => {
    const entry = coverage[name];
    if (entry === undefined) return [];
    const { done, reason, words_needed: words, needed: segments, documents, notes } = entry;
    return [
      {
        name,
        done,
        reason: done ? null : (reason ?? ""),
        needed: done ? null : (amount(words, "words") ?? amount(segments, "segments")),
        documents: done && isCount(documents) ? documents : null,
        notes: Array.isArray(notes) ? notes.filter((note) => typeof note === "string") : [],
      },
    ];
  });
}

function amount(count: unknown, of: "words" | "segments"): CoverageRow["needed"] {
  return isCount(count) ? { count, of } : null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
