import type { QuatrainClient } from "../../client/index.ts";
import type { CheckedFile } from "./check-files.ts";
import { describeMeasured, linesOfCase, measuredInShort } from "./describe-measured.ts";

/** What came out for one file, as a person reads it. */
export async function describeChecked(
  client: QuatrainClient,
  { file, answer, error }: CheckedFile,
): Promise<string> {
  if (answer === null) return `${file}: failed, ${error}`;
  const { overall_score, overall_level, confidence, measured } = answer.analysis;
  return [
    `${file}: ${overall_score} ${overall_level}, confidence ${confidence}${measuredInShort(measured, overall_score)} (${answer.case_id})`,
    ...describeMeasured(measured, await linesOfCase(client, answer.case_id, measured)),
  ].join("\n");
}
