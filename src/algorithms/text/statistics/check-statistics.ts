import type { Analysis, Finding } from "../finding.ts";
import type { PreparedText } from "../prepared-text.ts";
import { checkGroupSums } from "./check-group-sums.ts";
import { checkMeans } from "./check-means.ts";
import { checkPValues } from "./check-p-values.ts";
import { checkPercentageSum } from "./check-percentage-sums.ts";
import { checkPercentages } from "./check-percentages.ts";

/** What there was to check. */
export interface StatisticsSignals {
  /** Tests reported with statistic, degrees of freedom and p. */
  readonly tests: number;
  readonly tests_checked: number;
  /** Tests whose p, recomputed, lies on the other side of .05. */
  readonly decision_errors: number;
  readonly means_checked: number;
  readonly percentages_checked: number;
  readonly sums_checked: number;
  /** Findings of each rule, those beyond the reported ones too. */
  readonly found: Readonly<Record<StatisticsRule, number>>;
}

type StatisticsRule = "statistics.p_value" | "statistics.grim" | "statistics.percentage" | "statistics.sum";

/** Longest sentence that is read, in UTF-16 units: a longer one is a table or no prose. */
const LONGEST_SENTENCE = 2_000;
/** Most findings of one rule. */
const MOST_FINDINGS = 50;
const HAS_DIGIT = /\d/;

/**
 * Recomputes what a text says of its own numbers: p values, means of whole answers, percentages, totals.
 * Source: spec/integrity.md section 3e. O(length).
 */
export function checkStatistics(text: PreparedText): Analysis<StatisticsSignals> {
  const tests = checkPValues(text.text);
  const others: Finding[] = [];
  const checked = { means_checked: 0, percentages_checked: 0, sums_checked: 0 };
  text.sentences.forEach((sentence, index) => {
    if (sentence.end - sentence.start > LONGEST_SENTENCE) return;
    if (!HAS_DIGIT.test(text.text.slice(sentence.start, sentence.end))) return;
    const means = checkMeans(text.text, sentence);
    const percentages = checkPercentages(text.text, sentence);
    const rest = checkPercentageSum(text.text, sentence, text.sentences[index - 1]);
    const groups = checkGroupSums(text.text, sentence);
    checked.means_checked += means.checked;
    checked.percentages_checked += percentages.checked;
    checked.sums_checked += groups.checked + (rest.checked ? 1 : 0);
    others.push(...means.findings, ...percentages.findings, ...groups.findings);
    if (rest.finding !== null) others.push(rest.finding);
  });
  const all: Finding[] = [...tests.findings, ...others];
  return {
    findings: firstOfEachRule(all),
    signals: {
      tests: tests.tests,
      tests_checked: tests.checked,
      decision_errors: tests.decisionErrors,
      ...checked,
      found: {
        "statistics.p_value": tests.findings.length,
        "statistics.grim": count(others, "statistics.grim"),
        "statistics.percentage": count(others, "statistics.percentage"),
        "statistics.sum": count(others, "statistics.sum"),
      },
    },
    coverage: { done: true },
  };
}

const count = (findings: readonly Finding[], rule: StatisticsRule) =>
  findings.filter((finding) => finding.rule === rule).length;

/** In the order of the text, at most so many of each rule. */
function firstOfEachRule(findings: readonly Finding[]): Finding[] {
  const taken = new Map<string, number>();
  return [...findings]
    .sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
    .filter(({ rule }) => {
      const so = (taken.get(rule) ?? 0) + 1;
      taken.set(rule, so);
      return so <= MOST_FINDINGS;
    });
}
