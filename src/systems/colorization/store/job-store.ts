import type { Selectable, Transaction } from "kysely";
import type { Exemplar } from "../../../algorithms/colouring/port.ts";
import type { Database } from "../../../platform/db/database.ts";
import type { Clock } from "../../../platform/ports.ts";
import {
  type ChapterJob,
  ENDED,
  type JobOrder,
  type JobPage,
  type JobStatus,
  type PageFacts,
} from "../chapter-job.ts";
import type { Part } from "../characters.ts";
import { putExemplars } from "./palette-store.ts";
import { followWork, putParts } from "./part-store.ts";
import type { ColorizationTables } from "./tables.ts";

type Tx = Transaction<ColorizationTables>;

export interface NewJob {
  readonly id: string;
  readonly order: JobOrder;
  readonly clientId: string | null;
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
}

/** A page whose original lies in the store; or that failed before. */
export interface PlannedPage {
  readonly pageNum: number;
  readonly source: string;
  readonly inputKey: string;
  readonly facts: PageFacts;
  readonly error: string | null;
}

/** What a page's second pass ends with. */
export interface PageEnd {
  readonly skipped: boolean;
  readonly error: string | null;
  readonly facts: PageFacts;
  /** What the job has settled on with this page; null where it taught nothing. */
  readonly exemplars: readonly Exemplar[] | null;
  /** Parts of characters that follow the work, with the colour that it gave them. */
  readonly followed?: readonly (Pick<Part, "name" | "label" | "colour"> & { readonly scope: string })[];
}

type Enqueue = (id: string, tx: Tx) => Promise<string>;

/** Another process has written a job with the same key in this moment. */
class KeyTaken extends Error {}

const ROWS_AT_ONCE = 200;

/** Jobs and their pages: written, read and deleted. Each method is one transaction. */
export class JobStore {
  readonly #database: Database<ColorizationTables>;
  readonly #clock: Clock;

  constructor(database: Database<ColorizationTables>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Writes a job and its ticket; or yields the one that the key already has, with the hash of its body. */
  async addJob(job: NewJob, enqueue: Enqueue): Promise<{ job: ChapterJob; bodyHash: string | null }> {
    try {
      return await this.#addJob(job, enqueue);
    } catch (error) {
      if (!(error instanceof KeyTaken)) throw error;
      return this.#addJob(job, enqueue); // it is found now
    }
  }

  async #addJob(
    { id, order, clientId, idempotency }: NewJob,
    enqueue: Enqueue,
  ): Promise<{ job: ChapterJob; bodyHash: string | null }> {
    const now = this.#clock.now();
    return this.#database.transaction(async (tx) => {
      const known =
        idempotency === null
          ? undefined
          : await tx
              .selectFrom("colorization_jobs")
              .selectAll()
              .where("idempotency_key", "=", idempotency.key)
              .executeTakeFirst();
      if (known !== undefined) return { job: toJob(known), bodyHash: known.body_hash };
      const row = await tx
        .insertInto("colorization_jobs")
        .values({
          id,
          kind: order.kind,
          chapter_id: order.chapterKey ?? order.chapterId,
          status: "queued",
          request: JSON.stringify(order),
          engine: order.engine,
          error: null,
          total_pages: 0,
          pass1_done: 0,
          pass2_done: 0,
          planned: 0,
          ticket: await enqueue(id, tx),
          idempotency_key: idempotency?.key ?? null,
          body_hash: idempotency?.bodyHash ?? null,
          client_id: clientId,
          created_at: now,
          updated_at: now,
          finished_at: null,
        })
        .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw new KeyTaken(); // its ticket goes with the transaction
      return { job: toJob(row), bodyHash: row.body_hash };
    });
  }

  async findJob(id: string): Promise<ChapterJob | null> {
    const row = await this.#database.reader
      .selectFrom("colorization_jobs")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toJob(row);
  }

  /** The newest job that a client of the extension has begun. */
  async findByClient(clientId: string): Promise<ChapterJob | null> {
    const row = await this.#database.reader
      .selectFrom("colorization_jobs")
      .selectAll()
      .where("client_id", "=", clientId)
      .orderBy("sequence", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toJob(row);
  }

  /** Newest first. */
  async listJobs(
    chapterId: string | undefined,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<{ jobs: ChapterJob[]; total: number }> {
    let query = this.#database.reader.selectFrom("colorization_jobs");
    if (chapterId !== undefined) query = query.where("chapter_id", "=", chapterId);
    const { total } = await query
      .select((row) => row.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const rows = await query.selectAll().orderBy("sequence", "desc").offset(offset).limit(limit).execute();
    return { jobs: rows.map(toJob), total: Number(total) };
  }

  async listPages(jobId: string): Promise<JobPage[]> {
    const rows = await this.#database.reader
      .selectFrom("colorization_pages")
      .selectAll()
      .where("job_id", "=", jobId)
      .orderBy("page_num")
      .execute();
    return rows.map(toPage);
  }

  /** The pages of a chapter, each with the job whose version of it is shown: the newest that has done it. */
  async listChapter(chapterId: string): Promise<{ pageNum: number; jobId: string; page: JobPage }[]> {
    const rows = await this.#pagesOf(chapterId)
      .orderBy("colorization_pages.page_num")
      .orderBy("colorization_jobs.sequence", "desc")
      .execute();
    const shown = new Map<number, JobPage>();
    for (const row of rows) {
      const page = toPage(row);
      const before = shown.get(page.pageNum);
      const isBetter = before === undefined || (!before.pass2Done && page.pass2Done);
      if (isBetter) shown.set(page.pageNum, page);
    }
    return [...shown.values()].map((page) => ({ pageNum: page.pageNum, jobId: page.jobId, page }));
  }

  /** One page as {@link listChapter} has it. O(jobs of the chapter), however many pages they have. */
  async findShown(chapterId: string, pageNum: number): Promise<JobPage | null> {
    const row = await this.#pagesOf(chapterId)
      .where("colorization_pages.page_num", "=", pageNum)
      .orderBy("colorization_pages.pass2_done", "desc")
      .orderBy("colorization_jobs.sequence", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toPage(row);
  }

  #pagesOf(chapterId: string) {
    return this.#database.reader
      .selectFrom("colorization_pages")
      .innerJoin("colorization_jobs", "colorization_jobs.id", "colorization_pages.job_id")
      .selectAll("colorization_pages")
      .where("colorization_jobs.chapter_id", "=", chapterId);
  }

  /** From queued to running. False when the job has ended. */
  async begin(id: string): Promise<boolean> {
    return this.#change(id, ["queued", "running"], { status: "running" });
  }

  /** The pages of a job, once their originals lie in the store, and the characters that it brings. */
  async plan(
    id: string,
    pages: readonly PlannedPage[],
    characters?: { readonly scope: string; readonly parts: readonly Part[] },
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      if (characters !== undefined) await putParts(tx, characters.scope, characters.parts, this.#clock.now());
      for (let at = 0; at < pages.length; at += ROWS_AT_ONCE) {
        const rows = pages
          .slice(at, at + ROWS_AT_ONCE)
          .map(({ pageNum, source, inputKey, facts, error }) => ({
            job_id: id,
            page_num: pageNum,
            source,
            input_key: inputKey,
            pass1_done: 0,
            pass2_done: 0,
            skipped: 0,
            error,
            facts: JSON.stringify(facts),
          }));
        await tx.insertInto("colorization_pages").values(rows).execute();
      }
      await tx
        .updateTable("colorization_jobs")
        .set({ planned: 1, total_pages: pages.length, updated_at: this.#clock.now() })
        .where("id", "=", id)
        .execute();
    });
  }

  /** The first pass of a page is on disk. */
  async finishPass1(jobId: string, pageNum: number, facts: PageFacts): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx
        .updateTable("colorization_pages")
        .set({ pass1_done: 1, facts: JSON.stringify(facts) })
        .where("job_id", "=", jobId)
        .where("page_num", "=", pageNum)
        .execute();
      await this.#count(tx, jobId);
    });
  }

  /**
   * A page is done or skipped; what it taught the job's later pages is written with it. Once: a worker that was thought
   * dead, and comes back, changes nothing.
   */
  async finishPage(jobId: string, pageNum: number, end: PageEnd): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("colorization_pages")
        .set({
          pass2_done: Number(end.error === null),
          skipped: Number(end.skipped),
          error: end.error,
          facts: JSON.stringify(end.facts),
        })
        .where("job_id", "=", jobId)
        .where("page_num", "=", pageNum)
        .where("pass2_done", "=", 0)
        .where("error", "is", null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return;
      if (end.exemplars !== null) await putExemplars(tx, jobId, end.exemplars, this.#clock.now());
      for (const { scope, ...part } of end.followed ?? [])
        await followWork(tx, scope, part, this.#clock.now());
      await this.#count(tx, jobId);
    });
  }

  /** A page cannot be done. */
  async failPage(jobId: string, pageNum: number, error: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx
        .updateTable("colorization_pages")
        .set({ error })
        .where("job_id", "=", jobId)
        .where("page_num", "=", pageNum)
        .where("pass2_done", "=", 0)
        .execute();
      await this.#count(tx, jobId);
    });
  }

  /** The end, once. False when the job had ended before. */
  async end(
    id: string,
    status: "completed" | "failed" | "cancelled",
    error: string | null,
  ): Promise<boolean> {
    return this.#change(id, ["queued", "running"], { status, error, finished_at: this.#clock.now() });
  }

  /** Deletes a job that has ended, with its pages. False otherwise. */
  async deleteJob(id: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom("colorization_jobs")
        .where("id", "=", id)
        .where("status", "in", [...ENDED])
        .executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await tx.deleteFrom("colorization_pages").where("job_id", "=", id).execute();
      await tx.deleteFrom("colorization_palettes").where("chapter_id", "=", id).execute();
      return true;
    });
  }

  async #change(
    id: string,
    from: readonly JobStatus[],
    changes: { status: JobStatus; error?: string | null; finished_at?: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.transaction((tx) =>
      tx
        .updateTable("colorization_jobs")
        .set({ ...changes, updated_at: this.#clock.now() })
        .where("id", "=", id)
        .where("status", "in", [...from])
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  /** The counters that every poll reads. */
  async #count(tx: Tx, jobId: string): Promise<void> {
    const rows = await tx
      .selectFrom("colorization_pages")
      .select(["pass1_done", "pass2_done"])
      .where("job_id", "=", jobId)
      .execute();
    await tx
      .updateTable("colorization_jobs")
      .set({
        pass1_done: rows.filter((row) => row.pass1_done !== 0).length,
        pass2_done: rows.filter((row) => row.pass2_done !== 0).length,
        updated_at: this.#clock.now(),
      })
      .where("id", "=", jobId)
      .execute();
  }
}

function toJob(row: Selectable<ColorizationTables["colorization_jobs"]>): ChapterJob {
  return {
    id: row.id,
    kind: row.kind as ChapterJob["kind"],
    chapterId: row.chapter_id,
    status: row.status as JobStatus,
    order: JSON.parse(row.request) as JobOrder,
    error: row.error,
    totalPages: row.total_pages,
    pass1Done: row.pass1_done,
    pass2Done: row.pass2_done,
    planned: row.planned !== 0,
    ticket: row.ticket,
    clientId: row.client_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toPage(row: Selectable<ColorizationTables["colorization_pages"]>): JobPage {
  return {
    jobId: row.job_id,
    pageNum: row.page_num,
    source: row.source,
    inputKey: row.input_key,
    pass1Done: row.pass1_done !== 0,
    pass2Done: row.pass2_done !== 0,
    skipped: row.skipped !== 0,
    error: row.error,
    facts: JSON.parse(row.facts) as PageFacts,
  };
}
