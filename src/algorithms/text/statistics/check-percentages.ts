import type { Finding } from "../finding.ts";
import type { Span } from "../span.ts";
import { COUNT, NUMBER, type ReportedNumber, readCount, readNumber } from "./reported-number.ts";

const OF =
  "\\s?(?:/|\\b(?:de(?: los| las|l| un total de| entre)?|dos|das|do total de|of(?: the| a total of)?|out of(?: the)?))\\s?";
/** Nouns between a total and its percentage. */
const NOUNS = "(?:\\s[\\p{L}-]{1,30}){0,4}";
const NOT_BEFORE = "(?<![\\p{L}\\p{N}.,/-])";

/** `12 of 40 (35%)`, `12/40 (30 %)`, `12 de los 40 alumnos (30 %)`. */
const PART_OF_WHOLE = new RegExp(
  `${NOT_BEFORE}(${COUNT})${OF}(${COUNT})${NOUNS}\\s?[([]\\s?(${NUMBER})\\s?%\\s?[)\\];,]`,
  "gu",
);
/** `34 (45,3 %) de 75`. */
const PART_THEN_WHOLE = new RegExp(
  `${NOT_BEFORE}(${COUNT})\\s?[([]\\s?(${NUMBER})\\s?%\\s?[)\\]]${OF}(${COUNT})(?!\\s?(?:%|años|anos|years|meses|months|días|dias|days|kg|g\\b|cm|mm|m\\b|€|\\$|[.,]\\d))`,
  "gu",
);
/** `45 % (n = 9 de 20)`, `45% (9/20)`. */
const PERCENTAGE_FIRST = new RegExp(
  `${NOT_BEFORE}(${NUMBER})\\s?%\\s?[([]\\s?(?:[nN]\\s?=\\s?)?(${COUNT})${OF}(${COUNT})\\s?[)\\]]`,
  "gu",
);

/** Words right before a percentage that is no exact one. */
const ROUGH =
  /(?:casi|cerca de(?: un| el)?|aproximad\p{L}*|approx\p{L}*\.?|alrededor del?|about|around|nearly|almost|roughly|some|quase|~|≈|[<>≤≥]|más del?|mais de|more than|over|menos del?|less than|under)[\s([]*$/iu;
/** What stands in brackets as a percentage and is none of the count. */
const INTERVAL = /^\s?%?\s?(?:CI\b|IC\b|de confianza|confidence|de confiança|credible)/iu;

export interface PercentageCheck {
  readonly findings: readonly Finding<"statistics.percentage">[];
  readonly checked: number;
}

interface Claim {
  readonly part: number;
  readonly whole: number;
  readonly percentage: ReportedNumber;
  readonly written: string;
  readonly start: number;
  readonly end: number;
  /** Where the percentage begins. */
  readonly percentageAt: number;
}

/**
 * Percentages that stand beside their count and its total, recomputed. Rounding and cutting off digits are no
 * findings; half a unit more is a low one. O(length of the sentence).
 */
export function checkPercentages(text: string, sentence: Span): PercentageCheck {
  const written = text.slice(sentence.start, sentence.end);
  if (!written.includes("%")) return { findings: [], checked: 0 };
  const claims = claimsIn(written);
  const findings = claims.flatMap((claim) => {
    const distance = (100 * claim.part) / claim.whole - claim.percentage.value;
    const unit = 2 * claim.percentage.half;
    if (distance > -claim.percentage.half - 1e-9 && distance < unit + 1e-9) return [];
    return [describe(claim, written, sentence.start, distance > -unit - 1e-9)];
  });
  return { findings, checked: claims.length };
}

function claimsIn(sentence: string): Claim[] {
  const claims = [
    ...read(sentence, PART_OF_WHOLE, [1, 2, 3]),
    ...read(sentence, PART_THEN_WHOLE, [1, 3, 2]),
    ...read(sentence, PERCENTAGE_FIRST, [2, 3, 1]),
  ].sort((a, b) => a.start - b.start);
  return claims.filter((claim, index) => claim.start >= (claims[index - 1]?.end ?? 0));
}

function read(sentence: string, form: RegExp, [part, whole, percentage]: readonly [number, number, number]) {
  return [...sentence.matchAll(form)].flatMap((match): Claim[] => {
    const written = match[percentage] ?? "";
    const read = readNumber(written);
    const claim = { part: readCount(match[part] ?? ""), whole: readCount(match[whole] ?? "") };
    const start = match.index;
    const percentageAt = start + match[0].lastIndexOf(percentage === 1 ? match[0] : written);
    const end = start + match[0].replace(/[;,]$/, "").length;
    if (read === null || isNoShare(claim, read.value)) return [];
    if (ROUGH.test(sentence.slice(Math.max(0, percentageAt - 24), percentageAt))) return [];
    if (INTERVAL.test(sentence.slice(percentageAt + written.length, end + 12))) return [];
    return [{ ...claim, percentage: read, written, start, end, percentageAt }];
  });
}

/** What is a date (`12/2019`), a rate above the whole or a score rather than a part of a total. */
function isNoShare({ part, whole }: { part: number; whole: number }, percentage: number): boolean {
  const isDate = part <= 31 && whole >= 1900 && whole <= 2100;
  return isDate || whole < 4 || part > whole || percentage > 100;
}

function describe(
  claim: Claim,
  sentence: string,
  offset: number,
  slip: boolean,
): Finding<"statistics.percentage"> {
  const share = Number(((100 * claim.part) / claim.whole).toFixed(4));
  return {
    rule: "statistics.percentage",
    severity: slip ? "low" : "medium",
    value: share,
    threshold: claim.percentage.value,
    span: { start: offset + claim.start, end: offset + claim.end },
    facts: {
      expression: sentence.slice(claim.start, claim.end),
      part: claim.part,
      whole: claim.whole,
      reported: claim.written,
      recomputed: share,
    },
  };
}
