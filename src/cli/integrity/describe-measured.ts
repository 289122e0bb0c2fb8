import type { z } from "zod";
import { ClientError, type QuatrainClient } from "../../client/index.ts";
import {
  type Finding,
  getCaseText,
  type Measured,
  RULES,
  type SimilarSource,
} from "../../contracts/integrity/index.ts";
import { LineStarts } from "./line-starts.ts";
import { SEVERITIES } from "./submission-options.ts";

type Found = z.infer<typeof Finding>;

const LONGEST_RULE = Math.max(...RULES.map((rule) => rule.length));

/** Lines of a case's text, to say where findings stand; null where its text is not kept or nothing has a place. */
export async function linesOfCase(
  client: QuatrainClient,
  caseId: string,
  { findings }: z.infer<typeof Measured>,
): Promise<LineStarts | null> {
  if (findings.every(({ span }) => span === null)) return null;
  try {
    return new LineStarts((await client.call(getCaseText, { case_id: caseId })).texto);
  } catch (error) {
    // the text is not kept, or the server has just gone away: code points have to do
    if (error instanceof ClientError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Findings, gravest first, then similar sources, then what could not be analysed. */
export function describeMeasured(measured: z.infer<typeof Measured>, lines: LineStarts | null): string[] {
  const { findings, similarity, coverage, pending } = measured;
  const gravest = [...findings].sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
  return [
    ...gravest.map((finding) => describeFinding(finding, lines)),
    ...similarity.map(describeSource),
    ...describeGaps(coverage),
    ...(pending.length > 0 ? [`  still under way: ${pending.join(", ")}`] : []),
  ];
}

/** What could not be analysed, by the reason why. */
function describeGaps(coverage: z.infer<typeof Measured>["coverage"]): string[] {
  const reasons = new Map<string, string[]>();
  for (const [name, { done, reason = "unknown" }] of Object.entries(coverage)) {
    if (!done) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  return [...reasons].map(
    ([reason, names]) => `  not analysed: ${names.join(", ")} (${reason.replaceAll("_", " ")})`,
  );
}

function describeFinding({ severity, rule, span, explanation }: Found, lines: LineStarts | null): string {
  const place = span === null ? "-" : (lines?.at(span.start) ?? `characters ${span.start}-${span.end}`);
  return `  ${severity.padEnd(6)}  ${rule.padEnd(LONGEST_RULE)}  ${place.padEnd(7)}  ${explanation}`;
}

function describeSource(source: z.infer<typeof SimilarSource>): string {
  const { share, kind, id, title, author, passages, same_author } = source;
  const named = [title ?? "untitled", author].filter((word) => word !== null).join(", ");
  return `  similar: ${percent(share)} in ${passages} passage${passages === 1 ? "" : "s"} of ${named} (${kind} ${id}${same_author ? ", same author" : ""})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** What was measured in the head line of a case: the combined score where it differs, and how much is similar. */
export function measuredInShort(
  { combined_score, combined_level, similarity_share }: z.infer<typeof Measured>,
  overallScore: number,
): string {
  const combined =
    combined_score === overallScore ? "" : `, with what was measured ${combined_score} ${combined_level}`;
  return `${combined}${similarity_share === 0 ? "" : `, ${percent(similarity_share)} of the words similar`}`;
}
