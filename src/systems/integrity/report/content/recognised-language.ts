import type { ReportContent } from "./report-content.ts";

/** The language of the analysed text, in words. */
export function recognisedLanguage({
  words: { signals },
  textLanguage,
}: Pick<ReportContent, "words" | "textLanguage">): string {
  const known: Readonly<Record<string, string>> = signals.languages;
  return known[textLanguage ?? ""] ?? signals.otherLanguage;
}
