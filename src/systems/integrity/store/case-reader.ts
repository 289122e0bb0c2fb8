import { type SelectQueryBuilder, sql } from "kysely";
import { LEVELS, ROLES } from "../../../contracts/integrity/index.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { CaseRecord } from "../case-record.ts";
import type { ExclusionChoice, Measurement } from "../measurement.ts";
import { toCaseRecord } from "./case-rows.ts";
import { unpackJson } from "./packed.ts";
import type { IntegrityTables } from "./tables.ts";
import { ALL_DAYS } from "./tally-case.ts";

/** What a list is narrowed by; absent fields do not narrow. Instants are milliseconds UTC, `to` exclusive. */
export interface CaseFilter {
  readonly level?: string;
  readonly role?: string;
  readonly product?: string;
  readonly authorKey?: string | null;
  readonly state?: string;
  /** Folded beginnings of words, all of which title or author must have. */
  readonly words?: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

/** The place of a case in a list. */
export interface CasePlace {
  readonly analyzedAt: number;
  readonly id: string;
}

/** What was measured in a case, with the revision that a replacement has to name. */
export interface StoredMeasurement {
  readonly measurement: Measurement;
  readonly revision: number;
  /** As they were wished last; an evaluation with them may be under way. */
  readonly exclusions: ExclusionChoice;
}

const WORDS = "integrity_case_words";
/** Cases of a word are counted up to here, to tell rare words from frequent ones. */
const ENOUGH_TO_RANK = 5_000;

type CaseQuery = SelectQueryBuilder<IntegrityTables, "integrity_cases", Record<never, never>>;

/** Reads cases; lists are newest first, the id breaks ties. */
export class CaseReader {
  readonly #database: Database<IntegrityTables>;

  constructor(database: Database<IntegrityTables>) {
    this.#database = database;
  }

  async findCase(id: string): Promise<CaseRecord | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_cases")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toCaseRecord(row);
  }

  async findMeasurement(caseId: string): Promise<StoredMeasurement | null> {
    const row = await this.#database.reader
      .selectFrom("integrity_measurements")
      .select(["body", "revision", "exclusions"])
      .where("case_id", "=", caseId)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      measurement: unpackJson(row.body) as Measurement,
      revision: row.revision,
      exclusions: JSON.parse(row.exclusions) as ExclusionChoice,
    };
  }

  /** One page: after `after` where it is given, else from `offset` on. */
  async listCases(
    filter: CaseFilter,
    { limit, offset = 0, after }: { limit: number; offset?: number; after?: CasePlace },
  ): Promise<CaseRecord[]> {
    if (limit === 0) return [];
    let query = await this.#withWords(this.#filtered(filter), filter.words ?? [], true);
    if (after !== undefined) {
      query = query.where((row) =>
        row.or([
          row("analyzed_at", "<", after.analyzedAt),
          row.and([row("analyzed_at", "=", after.analyzedAt), row("id", "<", after.id)]),
        ]),
      );
      // the index can be entered at the first instant: an `or` alone would read it from its beginning
      query = query.where("analyzed_at", "<=", after.analyzedAt);
    }
    const rows = await query
      .selectAll()
      .orderBy("analyzed_at", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(toCaseRecord);
  }

  /** How many there are: from the tallies where they know it, counted otherwise. */
  async countCases(filter: CaseFilter): Promise<number> {
    const { level, role, product, ...others } = filter;
    if (Object.values(others).some((value) => value !== undefined)) {
      const matching = await this.#withWords(this.#filtered(filter), filter.words ?? [], false);
      const row = await matching.select(sql<number>`count(*)`.as("cases")).executeTakeFirstOrThrow();
      return Number(row.cases);
    }
    let query = this.#database.reader
      .selectFrom("integrity_tallies")
      .select(sql<number>`coalesce(sum(cases), 0)`.as("cases"))
      .where("day", "=", ALL_DAYS);
    if (level !== undefined) query = query.where("level", "=", level);
    if (role !== undefined) query = query.where("role", "=", role);
    if (product !== undefined) query = query.where("product", "=", product);
    return Number((await query.executeTakeFirstOrThrow()).cases);
  }

  /** Cases whose text is older than an instant and still kept: for the retention time. */
  async casesWithContent(before: number, limit: number): Promise<CaseRecord[]> {
    const rows = await this.#database.reader
      .selectFrom("integrity_cases")
      .innerJoin("integrity_documents", "integrity_documents.owner_id", "integrity_cases.id")
      .selectAll("integrity_cases")
      .where("integrity_cases.analyzed_at", "<", before)
      .orderBy("integrity_cases.analyzed_at")
      .limit(limit)
      .execute();
    return rows.map(toCaseRecord);
  }

  #filtered(filter: CaseFilter): CaseQuery {
    let query: CaseQuery = this.#database.reader.selectFrom("integrity_cases");
    const { level, role } = filter;
    if (isOutside(level, LEVELS) || isOutside(role, ROLES)) return query.where(sql<boolean>`1 = 0`);
    if (level !== undefined) query = query.where("level", "=", level);
    if (role !== undefined) query = query.where("role", "=", role);
    if (filter.product !== undefined) query = query.where("product", "=", filter.product);
    if (filter.state !== undefined) query = query.where("review_state", "=", filter.state);
    if (filter.authorKey !== undefined) {
      query =
        filter.authorKey === null
          ? query.where("author_key", "is", null)
          : query.where("author_key", "=", filter.authorKey);
    }
    if (filter.from !== undefined) query = query.where("analyzed_at", ">=", filter.from);
    if (filter.to !== undefined) query = query.where("analyzed_at", "<", filter.to);
    return query;
  }

  /**
   * The words that title or author must have. The rarest finds the cases and the others look at them; in a list, where
   * even the rarest is frequent, all of them look at the cases in their order, until the page is full.
   */
  async #withWords(query: CaseQuery, words: readonly string[], isList: boolean): Promise<CaseQuery> {
    const [rarest, ...others] = await this.#rarestFirst(words);
    if (rarest === undefined) return query;
    const finds = !isList || rarest.count < ENOUGH_TO_RANK;
    const found = finds
      ? query.where("id", "in", (inner) =>
          inWordRange(inner.selectFrom(WORDS).select("case_id"), rarest.word),
        )
      : query;
    return (finds ? others : [rarest, ...others]).reduce(
      (narrowed, { word }) =>
        narrowed.where((row) =>
          row.exists(
            inWordRange(row.selectFrom(WORDS).select("word"), word).where(
              sql<boolean>`integrity_case_words.case_id = integrity_cases.id`,
            ),
          ),
        ),
      found,
    );
  }

  /** Words with the number of cases that have them, up to a limit; fewest first. */
  async #rarestFirst(words: readonly string[]): Promise<{ word: string; count: number }[]> {
    const counted = await Promise.all(
      words.map(async (word) => {
        const some = inWordRange(this.#database.reader.selectFrom(WORDS).select("word"), word).limit(
          ENOUGH_TO_RANK,
        );
        const row = await this.#database.reader
          .selectFrom(some.as("some"))
          .select(sql<number>`count(*)`.as("count"))
          .executeTakeFirstOrThrow();
        return { word, count: Number(row.count) };
      }),
    );
    return counted.sort((a, b) => a.count - b.count);
  }
}

/** Words that begin with a word: a range of the index. */
function inWordRange<Row>(
  query: SelectQueryBuilder<IntegrityTables, typeof WORDS, Row>,
  word: string,
): SelectQueryBuilder<IntegrityTables, typeof WORDS, Row> {
  return query.where("word", ">=", word).where("word", "<", `${word}\u{10ffff}`);
}

/** A word that no case can have would make the database read them all to find none. */
function isOutside(word: string | undefined, known: readonly string[]): boolean {
  return word !== undefined && !known.includes(word);
}
