import type { CoverageRow } from "./coverage-rows.ts";
import type { ReportContent } from "./report-content.ts";

/** Why an analysis could not be made, what was compared, what was not read; empty where there is nothing to say. */
export function whyNot(
  { reason, needed, documents, notes }: CoverageRow,
  { words: { measured }, formats }: Pick<ReportContent, "words" | "formats">,
): string {
  if (documents !== null) return measured.compared(formats.whole(documents));
  if (reason === null) return notes.map((note) => measured.notes[note] ?? note).join(" ");
  const why = measured.reasons[reason] ?? measured.otherReason(reason);
  if (needed === null) return why;
  const count = formats.whole(needed.count);
  const needs = needed.of === "words" ? measured.needsWords(count) : measured.needsSegments(count);
  return `${why} ${needs}`;
}
