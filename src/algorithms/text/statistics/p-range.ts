import {
  chiSquaredUpper,
  correlationTwoSided,
  fisherUpper,
  normalTwoSided,
  studentTwoSided,
} from "./distributions.ts";
import type { ReportedTest } from "./reported-test.ts";

/** Numbers from `low` to `high`, both included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a statistic and its degrees of freedom yield. */
export interface RecomputedP {
  /** Of the statistic as it is written. */
  readonly p: number;
  /** Of every statistic that is rounded to it. */
  readonly range: Range;
  readonly df: readonly number[];
}

/**
 * The p of a reported test, two-sided where the distribution has two sides. Two readings of a correlation: some write
 * the sample in the brackets, where the degrees of freedom belong.
 */
export function recomputeP(test: ReportedTest): RecomputedP[] {
  const [df = 0] = test.df;
  const readings = test.kind === "r" && df > 4 ? [test.df, [df - 2]] : [test.df];
  return readings.map((reading) => {
    const size = Math.abs(test.statistic.value);
    const { half } = test.statistic;
    return {
      p: probability(test, size, reading),
      range: {
        low: probability(test, size + half, reading),
        high: probability(test, Math.max(size - half, 0), reading),
      },
      df: reading,
    };
  });
}

function probability(
  { kind }: ReportedTest,
  statistic: number,
  [df = 1, df2 = 1]: readonly number[],
): number {
  switch (kind) {
    case "t":
      return studentTwoSided(statistic, df);
    case "F":
      return fisherUpper(statistic, df, df2);
    case "r":
      return correlationTwoSided(statistic, df);
    case "z":
      return normalTwoSided(statistic);
    default:
      return chiSquaredUpper(statistic, df);
  }
}

/** What a stated p allows: `p = ,036` everything that is rounded to it, `p < .05` everything below. */
export function statedRange({ relation, p }: ReportedTest): Range {
  if (relation === "<") return { low: 0, high: p.value };
  if (relation === "≤") return { low: 0, high: p.value + p.half };
  if (relation === ">") return { low: p.value, high: 1 };
  if (relation === "≥") return { low: p.value - p.half, high: 1 };
  return { low: p.value - p.half, high: p.value + p.half };
}

/** How far apart two ranges are; 0 where they share a number. */
export function gap(a: Range, b: Range): number {
  return Math.max(0, a.low - b.high, b.low - a.high);
}

/** The range of the one-sided p, with the effect in the expected direction. */
export function oneSided({ low, high }: Range): Range {
  return { low: low / 2, high: high / 2 };
}
