import { type PreparedText, wordsIn } from "../../../algorithms/text/prepared-text.ts";
import { candidateKeys } from "../../../algorithms/text/similarity/candidate-keys.ts";
import type { Span } from "../../../algorithms/text/span.ts";

/** A passage of whose keys so many are everybody's is template text. */
const TEMPLATE_FROM = 0.5;

/** Whether a passage stands in so many documents that it tells nothing. `common`: keys that very many documents have. */
export function isTemplateText(prepared: PreparedText, place: Span, common: ReadonlySet<number>): boolean {
  if (common.size === 0) return false;
  const { first, last } = wordsIn(prepared, place);
  const { starts, ends, folded } = prepared.words;
  const keys = candidateKeys({
    count: last - first,
    starts: starts.subarray(first, last),
    ends: ends.subarray(first, last),
    folded: folded.slice(first, last),
  });
  const known = keys.reduce((count, key) => count + (common.has(key) ? 1 : 0), 0);
  return known > 0 && known >= TEMPLATE_FROM * keys.length;
}
