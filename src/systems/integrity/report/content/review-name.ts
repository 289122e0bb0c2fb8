import type { ReportInput } from "../report-input.ts";
import type { ReportWords } from "../words/report-words.ts";

/** What a person said of the case: a decision by its name, or an appeal. */
export function reviewName(
  { kind, decision }: ReportInput["reviews"]["reviews"][number],
  { reviews }: Pick<ReportWords, "reviews">,
): string {
  return kind === "appeal" || decision === null ? reviews.appeal : reviews.decisions[decision];
}
