import { CompiledQuery, type Transaction } from "kysely";
import type { PgBoss } from "pg-boss";
import { messageOf } from "../../errors/quatrain-error.ts";
import type { Clock, Log } from "../../ports.ts";
import type { JobTables } from "../store/job-tables.ts";
import type { Delivery, JobKind, RunTicket, Ticket } from "./delivery.ts";

export interface PgBossSettings {
  /** The same database as the jobs table. */
  readonly url: string;
  /** Schema of pg-boss's own tables, made where missing. */
  readonly schema: string;
  readonly clock: Clock;
  readonly log: Log;
}

const POOL_SIZE = 4;
const HEARTBEAT_SECONDS = 10;
const MONITOR_SECONDS = 2;
const POLL_SECONDS = 2;
const DAY_SECONDS = 86_400;

const QUEUE = {
  policy: "short", // one waiting ticket a job: a second one is left out
  notify: true,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: DAY_SECONDS, // the most it allows; a longer attempt only loses its ticket
  retryLimit: 10,
  retryDelay: 5,
  deleteAfterSeconds: 3600,
} as const;

/**
 * Delivery across processes by pg-boss: a ticket is a pg-boss job, sent in the caller's transaction and announced
 * by NOTIFY. While an attempt runs, its ticket is active and pg-boss beats for it; when the process dies the ticket
 * comes again elsewhere, and finds the job queued again by then or is dropped.
 */
export class PgBossDelivery implements Delivery {
  readonly alone = false;
  readonly #boss: PgBoss;
  readonly #clock: Clock;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #workers = new Map<string, string[]>();

  /** Loads pg-boss, here and not before, and makes its schema where missing. */
  static async open({ url, schema, clock, log }: PgBossSettings): Promise<PgBossDelivery> {
    const { PgBoss } = await import("pg-boss");
    const boss = new PgBoss({
      connectionString: url,
      schema,
      max: POOL_SIZE,
      application_name: "quatrain jobs",
      schedule: false,
      useListenNotify: true,
      monitorIntervalSeconds: MONITOR_SECONDS,
      superviseIntervalSeconds: MONITOR_SECONDS,
    });
    boss.on("error", (error) => log.warn({ reason: messageOf(error) }, "pg-boss reports an error"));
    boss.on("warning", ({ message, data }) => log.warn({ data }, `pg-boss: ${message}`));
    await boss.start();
    return new PgBossDelivery(boss, clock);
  }

  private constructor(boss: PgBoss, clock: Clock) {
    this.#boss = boss;
    this.#clock = clock;
  }

  async send(tx: Transaction<JobTables>, { jobId, kind, delayMs }: Ticket): Promise<void> {
    const executeSql = async (sql: string, values: unknown[] = []) => {
      const { rows } = await tx.executeQuery(CompiledQuery.raw(sql, values));
      return { rows: [...rows] };
    };
    const startAfter = delayMs > 0 ? new Date(this.#clock.now() + delayMs) : undefined;
    await this.#queue(kind);
    await this.#boss.send(kind, { jobId }, { db: { executeSql }, singletonKey: jobId, startAfter });
    // NOTIFY is sent for what is due at once; for the rest polling would be up to POLL_SECONDS late
    if (delayMs > 0) setTimeout(() => this.#wake(kind), delayMs).unref();
  }

  async start(kinds: readonly JobKind[], run: RunTicket): Promise<void> {
    for (const { kind, concurrency } of kinds) {
      await this.#queue(kind);
      const workers: string[] = [];
      for (let slot = 0; slot < concurrency; slot++) workers.push(await this.#addWorker(kind, run));
      this.#workers.set(kind, workers);
    }
  }

  async stop(): Promise<void> {
    const kinds = [...this.#workers.keys()];
    this.#workers.clear();
    for (const kind of kinds) await this.#boss.offWork(kind, { wait: false });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }

  async #addWorker(kind: string, run: RunTicket): Promise<string> {
    const polling = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
    const worker: string = await this.#boss.work<{ jobId: string }>(kind, polling, async (tickets) => {
      for (const { data } of tickets) await run(data.jobId);
      this.#boss.notifyWorker(worker); // look for the next one without waiting for the poll
    });
    return worker;
  }

  #wake(kind: string): void {
    for (const worker of this.#workers.get(kind) ?? []) this.#boss.notifyWorker(worker);
  }

  /** Makes the queue of a kind where it is missing, once. */
  #queue(kind: string): Promise<void> {
    const queue = this.#queues.get(kind) ?? this.#boss.createQueue(kind, QUEUE);
    this.#queues.set(kind, queue);
    queue.catch(() => this.#queues.delete(kind));
    return queue;
  }
}
