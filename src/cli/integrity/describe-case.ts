import type { z } from "zod";
import type { Case } from "../../contracts/integrity/index.ts";
import { describeMeasured, measuredInShort } from "./describe-measured.ts";
import type { LineStarts } from "./line-starts.ts";

/** A whole case as a person reads it. */
export function describeCase(found: z.infer<typeof Case>, lines: LineStarts | null): string {
  const { measured, evidencias } = found;
  const observed = Object.keys(evidencias).filter((name) => evidencias[name] === 1);
  const dimensions = Object.entries(found.dimensions).map(([name, value]) => `${name} ${value}`);
  return [
    `${found.case_id}: ${found.overall_score} ${found.overall_level}, confidence ${found.confidence}${measured === null ? "" : measuredInShort(measured, found.overall_score)}`,
    `  title: ${found.title ?? "-"}`,
    `  author: ${found.author ?? "-"} (${found.role}, ${found.product_type})`,
    `  analysed: ${found.analyzed_at} UTC, ${found.text_length} characters${found.text_kept ? "" : ", text not kept"}${found.file === null ? "" : `, file ${found.file.filename}`}`,
    `  review: ${found.review_state}`,
    `  dimensions: ${dimensions.join(", ")}`,
    `  observed: ${observed.join(", ") || "nothing"}`,
    ...found.recommendations.map((line) => `  recommended: ${line}`),
    ...(measured === null
      ? ["  nothing was measured (from an older server)"]
      : describeMeasured(measured, lines)),
  ].join("\n");
}
