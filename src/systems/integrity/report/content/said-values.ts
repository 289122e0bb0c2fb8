import type { ReportFinding } from "../report-input.ts";
import { clip } from "./cut-text.ts";
import type { ReportContent } from "./report-content.ts";

const LONGEST_VALUE = 80;

/** A measured value as it is read; texts that rules have as their value are quoted pieces of the document. */
export function saidValue(value: number | string, { formats }: Pick<ReportContent, "formats">): string {
  return typeof value === "number" ? formats.plain(value) : clip(value, LONGEST_VALUE);
}

/** What was measured, from where on it is reported, and where it stands: the small print of a finding. */
export function smallPrint(
  { value, threshold, span }: ReportFinding,
  content: Pick<ReportContent, "words" | "formats">,
): string[] {
  const { words, formats } = content;
  return [
    span === null
      ? words.findings.noPlace
      : words.findings.place(
          formats.whole(span.start + 1),
          formats.whole(Math.max(span.end, span.start + 1)),
        ),
    ...(value === "" ? [] : [words.findings.value(saidValue(value, content))]),
    ...(threshold === null ? [] : [words.findings.threshold(saidValue(threshold, content))]),
  ];
}

/** A document's title, or the word for there being none. */
export function documentTitle(
  { title }: { readonly title: string | null },
  { words }: Pick<ReportContent, "words">,
): string {
  return title === null || title.trim() === "" ? words.head.untitled : title;
}
