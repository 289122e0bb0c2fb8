import { type PreparedText, wordsIn } from "../../../algorithms/text/prepared-text.ts";
import { mergeSpans, type Span } from "../../../algorithms/text/span.ts";

/** Words that lie in at least one of the places. */
export function countWordsIn(prepared: PreparedText, places: readonly Span[]): number {
  return mergeSpans(places).reduce((sum, place) => {
    const { first, last } = wordsIn(prepared, place);
    return sum + last - first;
  }, 0);
}
