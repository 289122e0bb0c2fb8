import type { Finding } from "../finding.ts";
import type { Span } from "../span.ts";
import { NUMBER, readNumber } from "./reported-number.ts";

const PERCENTAGE = new RegExp(
  `(?<![\\p{L}\\p{N}.,+\\-\\u2212])(${NUMBER})\\s?(?:%|por ciento\\b|por cento\\b|percent\\b)`,
  "gu",
);
/** The words that claim that nothing else is left, behind or before the last percentage. */
const REST_BEHIND = /^\s(?:restantes?|remaining)(?!\p{L})/iu;
const REST_BEFORE = /(?:restantes?|remaining)\s(?:el\s|o\s|un\s|um\s|the\s)?$/iu;
/** Percentages of something else than the one whole, or that are no exact ones. */
const NOT_ONE_WHOLE =
  /(?<!\p{L})(?:mitad|metade|half|tercio|terço|thirds?|cuart[oa]s?|quarters?|de (?:los cuales|las cuales|ellos|ellas|estos|estas|esos|esas)|dos quais|das quais|d?estes|d?estas|of (?:which|whom|these|those|them)|más|mais|menos|more|less|over|under|than|casi|quase|cerca|aproximad\p{L}*|approximately|about|around|nearly|almost|roughly|aument\p{L}*|increas\p{L}*|decreas\p{L}*|disminu\p{L}*|reduj\p{L}*|reduc\p{L}*|diminu\p{L}*|respecto|frente|compared|versus|vs|mientras|while|whereas|enquanto|además|also|también|también|também|múltiple|multiple|both|ambos|ambas|from|desde|entre|between)(?!\p{L})/iu;

/** How far from 100 a sum may be before it counts, percentage points; more where coarse roundings add up. */
const TOLERANCE = 1;
/** From here on no mistake in one digit explains it. */
const FAR = 3;

/**
 * Percentages of one sentence whose last is called the remaining one and that do not make 100: `el 45 % ..., el 30 %
 * ... y el 35 % restante`. Null where nothing is claimed or anything makes the claim doubtful. O(length of the sentence).
 */
export function checkPercentageSum(
  text: string,
  sentence: Span,
  before: Span | undefined,
): { checked: boolean; finding: Finding<"statistics.sum"> | null } {
  const written = text.slice(sentence.start, sentence.end);
  const none = { checked: false, finding: null };
  if (!/restante|remaining/i.test(written)) return none;
  const matches = [...written.matchAll(PERCENTAGE)].slice(0, 12);
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined || matches.length < 2) return none;
  const end = last.index + last[0].length;
  const isRest =
    REST_BEHIND.test(written.slice(end, end + 20)) ||
    REST_BEFORE.test(written.slice(0, last.index).slice(-20));
  if (!isRest || NOT_ONE_WHOLE.test(written)) return none;
  const parts = matches.flatMap((match) => readNumber(match[1] ?? "") ?? []);
  const sum = Number(parts.reduce((total, { value }) => total + value, 0).toFixed(6));
  const tolerance = Math.max(
    TOLERANCE,
    parts.reduce((total, { half }) => total + half, 0),
  );
  const off = Math.abs(sum - 100);
  if (off <= tolerance + 1e-9) return { checked: true, finding: null };
  if (
    sum < 100 &&
    before !== undefined &&
    /%|por c[ei]ento|percent/.test(text.slice(before.start, before.end))
  )
    return none;
  return {
    checked: true,
    finding: {
      rule: "statistics.sum",
      severity: off >= FAR ? "medium" : "low",
      value: sum,
      threshold: 100,
      span: { start: sentence.start + first.index, end: sentence.start + end },
      facts: { kind: "percentages", parts: matches.map((match) => match[1] ?? ""), sum, total: 100 },
    },
  };
}
