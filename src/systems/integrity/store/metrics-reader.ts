import { sql } from "kysely";
import type { Period } from "../../../contracts/integrity/index.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { IntegrityTables } from "./tables.ts";
import { ALL_DAYS } from "./tally-case.ts";

/** Cases that have these words in common. */
export interface Tally {
  readonly role: string;
  readonly product: string;
  readonly level: string;
  readonly cases: number;
  readonly scoreSum: number;
  /** In thousandths. */
  readonly confidenceSum: number;
}

/** Cases of one period and level. */
export interface PeriodTally {
  readonly key: string;
  readonly level: string;
  readonly cases: number;
  readonly scoreSum: number;
}

const COLUMNS = { daily: "day", weekly: "week", monthly: "month" } as const;

/** Reads the figures over all cases from their tallies. */
export class MetricsReader {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  async tallies(): Promise<Tally[]> {
    const rows = await this.#database.reader
      .selectFrom("integrity_tallies")
      .select(["role", "product", "level", "cases", "score_sum", "confidence_sum"])
      .where("day", "=", ALL_DAYS)
      .where("cases", ">", 0)
      .execute();
    return rows.map((row) => ({
      role: row.role,
      product: row.product,
      level: row.level,
      cases: row.cases,
      scoreSum: row.score_sum,
      confidenceSum: row.confidence_sum,
    }));
  }

  /** How often each observation was made. */
  async evidence(): Promise<Map<string, number>> {
    const rows = await this.#database.reader
      .selectFrom("integrity_evidence_tallies")
      .select(["evidence", "cases"])
      .where("cases", ">", 0)
      .execute();
    return new Map(rows.map((row) => [row.evidence, row.cases]));
  }

  /** The first and the last day that has cases; null where there are none. */
  async days(): Promise<{ first: string; last: string } | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_tallies")
      .select([sql<string | null>`min(day)`.as("first"), sql<string | null>`max(day)`.as("last")])
      .where("day", "!=", ALL_DAYS)
      .where("cases", ">", 0)
      .executeTakeFirst();
    return row?.first && row.last ? { first: row.first, last: row.last } : null;
  }

  /** Ascending by key. `from` and `to` are days, both inclusive. */
  async periods(period: Period, from: string | null, to: string | null): Promise<PeriodTally[]> {
    const column = COLUMNS[period];
    let query = this.#database.reader
      .selectFrom("integrity_tallies")
      .select([column, "level"])
      .select([sql<number>`sum(cases)`.as("cases"), sql<number>`sum(score_sum)`.as("score_sum")])
      .where("day", "!=", ALL_DAYS)
      .where("cases", ">", 0);
    if (from !== null) query = query.where("day", ">=", from);
    if (to !== null) query = query.where("day", "<=", to);
    const rows = await query.groupBy([column, "level"]).orderBy(column).execute();
    return rows.map((row) => ({
      key: row[column],
      level: row.level,
      cases: Number(row.cases),
      scoreSum: Number(row.score_sum),
    }));
  }
}
