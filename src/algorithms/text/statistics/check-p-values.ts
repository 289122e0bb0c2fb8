import type { Finding, Severity } from "../finding.ts";
import { findReportedTests } from "./find-reported-tests.ts";
import { gap, oneSided, type Range, type RecomputedP, recomputeP, statedRange } from "./p-range.ts";
import type { ReportedTest } from "./reported-test.ts";
import { saysCorrected, saysOneSided, saysOtherCorrelation } from "./test-wording.ts";

/** The level at which results are called significant nearly everywhere. */
const ALPHA = 0.05;
/** What double arithmetic may add to a border. */
const SLACK = 1e-9;
/** Tests that are recomputed; a text with more is no report of anything. */
const MOST_TESTS = 2_000;

export interface PValueCheck {
  readonly findings: readonly Finding<"statistics.p_value">[];
  readonly tests: number;
  readonly checked: number;
  readonly decisionErrors: number;
}

/**
 * Recomputes the p of every test that a text reports in full. What rounding of the statistic and of the p can explain
 * is no finding; what a correction for many comparisons would explain is none either where the text speaks of one.
 * Method: Nuijten et al. (2016), "The prevalence of statistical reporting errors in psychology", with interval bounds.
 * O(length).
 */
export function checkPValues(text: string): PValueCheck {
  const tests = findReportedTests(text);
  const checked = tests.slice(0, MOST_TESTS);
  const oneSidedText = saysOneSided(text);
  const findings: Finding<"statistics.p_value">[] = [];
  for (const test of checked) {
    const finding = checkTest(text, test, oneSidedText);
    if (finding !== null) findings.push(finding);
  }
  return {
    findings,
    tests: tests.length,
    checked: checked.length,
    decisionErrors: findings.filter(({ facts }) => facts.decision === 1).length,
  };
}

function checkTest(text: string, test: ReportedTest, oneSidedText: boolean) {
  const readings = recomputeP(test);
  const stated = statedRange(test);
  if (!readings.every(({ range }) => Number.isFinite(range.low) && Number.isFinite(range.high))) return null;
  if (readings.some(({ range }) => agrees(stated, range))) return null;
  const asOneSided = hasTwoSides(test) && readings.some(({ range }) => agrees(stated, oneSided(range)));
  if (asOneSided && oneSidedText) return null;
  const [reading] = readings;
  if (reading === undefined) return null;
  if (stated.low > reading.range.high && saysCorrected(text, test.span)) return null;
  if (test.kind === "r" && saysOtherCorrelation(text, test.span)) return null;
  const decision = decisionFlips(stated, reading.range);
  return describe(text, test, reading, decision, severityOf(test, reading, decision, asOneSided));
}

const agrees = (stated: Range, range: Range) => gap(stated, range) <= SLACK;

const hasTwoSides = ({ kind }: ReportedTest) => kind === "t" || kind === "r" || kind === "z";

/** Whether the stated p lies surely on one side of the level and the recomputed one on the other. */
function decisionFlips(stated: Range, recomputed: Range): boolean {
  return (stated.high <= ALPHA && recomputed.low > ALPHA) || (stated.low >= ALPHA && recomputed.high < ALPHA);
}

/** A p that only misses by a rounding is a slip; one that a one-sided test would yield may be an unsaid choice. */
function severityOf(
  test: ReportedTest,
  { range }: RecomputedP,
  decision: boolean,
  asOneSided: boolean,
): Severity {
  const slip = gap(statedRange(test), range) <= (test.relation === "=" ? 2 : 1) * test.p.half;
  if (slip) return decision ? "medium" : "low";
  return decision && !asOneSided ? "high" : "medium";
}

function describe(
  text: string,
  test: ReportedTest,
  { p, range, df }: RecomputedP,
  decision: boolean,
  severity: Severity,
): Finding<"statistics.p_value"> {
  return {
    rule: "statistics.p_value",
    severity,
    value: fourDigits(p),
    threshold: test.p.value,
    span: test.span,
    facts: {
      expression: text.slice(test.span.start, test.span.end),
      test: test.kind,
      df: df.join("; "),
      reported: test.writtenP,
      recomputed: fourDigits(p),
      recomputed_low: fourDigits(range.low),
      recomputed_high: fourDigits(range.high),
      decision: decision ? 1 : 0,
    },
  };
}

/** More digits than any report of a p has. */
const fourDigits = (p: number) => Number(p.toPrecision(4));
