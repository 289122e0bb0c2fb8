import type { ReportMeasured } from "../report-input.ts";
import type { ReportWords } from "../words/report-words.ts";

const EXCLUSIONS = ["quotations", "bibliography", "template", "same_author"] as const;

/** What does not count as similarity, in words. */
export function excludedNames(
  { exclusions }: Pick<ReportMeasured, "exclusions">,
  { measured }: Pick<ReportWords, "measured">,
): string[] {
  return EXCLUSIONS.filter((name) => exclusions[name]).map((name) => measured.exclusions[name]);
}
