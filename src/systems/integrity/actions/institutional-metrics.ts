import {
  EVIDENCES,
  type Evidence,
  LEVELS,
  type Level,
  PRODUCTS,
  ROLES,
} from "../../../contracts/integrity/index.ts";
import type { MetricsReader, Tally } from "../store/metrics-reader.ts";

/** Figures of some cases. */
export interface GroupFigures {
  readonly total: number;
  readonly high: number;
  /** Of the scores, 0..100; 0 where there are no cases. */
  readonly average: number;
  /** Percent. */
  readonly highRate: number;
}

/** Figures over all cases. */
export interface InstitutionFigures {
  readonly total: number;
  readonly byLevel: Readonly<Record<Level, number>>;
  readonly averageScore: number;
  readonly averageConfidence: number;
  readonly byRole: ReadonlyMap<string, GroupFigures>;
  readonly byProduct: ReadonlyMap<string, GroupFigures>;
  /** Percent of the cases with MEDIO or ALTO. */
  readonly riskRate: number;
  /** Observations with the share of the cases in which they were made, in percent; the most frequent first. */
  readonly observations: readonly { readonly evidence: Evidence; readonly rate: number }[];
  readonly days: { readonly first: string; readonly last: string } | null;
}

/** Everything that a dashboard shows of the institution, from the tallies: the number of cases does not matter. */
export async function institutionalFigures(reader: MetricsReader): Promise<InstitutionFigures> {
  const [tallies, evidence, days] = await Promise.all([reader.tallies(), reader.evidence(), reader.days()]);
  const total = sumOf(tallies, ({ cases }) => cases);
  const levelCount = (level: Level) =>
    sumOf(
      tallies.filter((tally) => tally.level === level),
      ({ cases }) => cases,
    );
  const byLevel = Object.fromEntries(LEVELS.map((level) => [level, levelCount(level)])) as Record<
    Level,
    number
  >;
  return {
    total,
    byLevel,
    averageScore: average(
      sumOf(tallies, ({ scoreSum }) => scoreSum),
      total,
    ),
    averageConfidence: average(sumOf(tallies, ({ confidenceSum }) => confidenceSum) / 1_000, total),
    byRole: groups(tallies, ROLES, ({ role }) => role),
    byProduct: groups(tallies, PRODUCTS, ({ product }) => product),
    riskRate: percent(byLevel.MEDIO + byLevel.ALTO, total),
    observations: EVIDENCES.map((name) => ({ evidence: name, rate: percent(evidence.get(name) ?? 0, total) }))
      .filter(({ rate }) => rate > 0)
      .sort((a, b) => b.rate - a.rate),
    days,
  };
}

/** Groups that have cases, in the contract's order. */
function groups(
  tallies: readonly Tally[],
  names: readonly string[],
  groupOf: (tally: Tally) => string,
): Map<string, GroupFigures> {
  const figures = new Map<string, GroupFigures>();
  for (const name of names) {
    const own = tallies.filter((tally) => groupOf(tally) === name);
    const total = sumOf(own, ({ cases }) => cases);
    if (total === 0) continue;
    const high = sumOf(
      own.filter(({ level }) => level === "ALTO"),
      ({ cases }) => cases,
    );
    figures.set(name, {
      total,
      high,
      average: average(
        sumOf(own, ({ scoreSum }) => scoreSum),
        total,
      ),
      highRate: percent(high, total),
    });
  }
  return figures;
}

function sumOf(tallies: readonly Tally[], figureOf: (tally: Tally) => number): number {
  return tallies.reduce((sum, tally) => sum + figureOf(tally), 0);
}

/** Two decimals; 0 where there is nothing. */
export function average(sum: number, count: number): number {
  return count === 0 ? 0 : Math.round((sum / count) * 100) / 100;
}

/** Of a whole, two decimals. */
export function percent(part: number, whole: number): number {
  return average(part * 100, whole);
}
