import type { Database } from "../db/database.ts";
import { messageOf } from "../errors/quatrain-error.ts";
import type { Clock, Log } from "../ports.ts";
import { isSuperseded } from "./attempt.ts";
import type { Delivery } from "./delivery/delivery.ts";
import { lostTooOften } from "./failure.ts";
import { HeartbeatWatch } from "./heartbeat-watch.ts";
import type { JobRunner } from "./job-runner.ts";
import { overdueJobs, type RunningJob, runningJobs } from "./store/job-reader.ts";
import type { JobTables } from "./store/job-tables.ts";
import { beat, deleteEnded } from "./store/job-writer.ts";
import { recoverOrphan } from "./store/recover-orphan.ts";

export interface UpkeepDeps {
  readonly database: Database<JobTables>;
  readonly delivery: Delivery;
  readonly runner: JobRunner;
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: string;
  readonly heartbeatMs: number;
  readonly silentAfterMs: number;
  readonly onEnded: (jobId: string) => void;
}

/** A due job without a ticket for this long gets another one. */
const OVERDUE_MS = 30_000;
const OVERDUE_BATCH = 100;
const DAY_MS = 24 * 60 * 60_000;
/** Ended jobs are kept this long for whoever asks how they went. */
const KEEP_ENDED_MS = 30 * DAY_MS;

/** What a worker does every few seconds: beats for its own jobs, and begins again those of dead workers. */
export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #watch: HeartbeatWatch;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #remindedAtMs = performance.now();
  #sweptAtMs = -DAY_MS;
  #stopped = false;

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
    this.#watch = new HeartbeatWatch(deps.silentAfterMs);
  }

  /** Where no other process can be running jobs, what is running now has lost its process. */
  async start(): Promise<void> {
    const { database, delivery } = this.#deps;
    if (delivery.alone) await this.#recover(await runningJobs(database.reader));
    this.#next();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#look()
        .catch((error: unknown) =>
          this.#deps.log.error({ reason: messageOf(error) }, "the upkeep of jobs failed"),
        )
        .finally(() => this.#next());
    }, this.#deps.heartbeatMs);
  }

  async #look(): Promise<void> {
    await this.#beat();
    const running = await runningJobs(this.#deps.database.reader);
    await this.#recover(this.#watch.silent(running, performance.now()));
    await this.#remind();
    await this.#sweep();
  }

  async #beat(): Promise<void> {
    const { database, runner, worker, clock } = this.#deps;
    const attempts = runner.attempts();
    if (attempts.length === 0) return;
    const held = await database.transaction((tx) => beat(tx, worker, clock.now()));
    const byJob = new Map(held.map((row) => [row.id, row]));
    for (const attempt of attempts) {
      const row = byJob.get(attempt.lease.jobId);
      if (row?.attempt !== attempt.lease.attempt) attempt.abort("superseded");
      else if (row.cancel_requested_at !== null) attempt.abort("cancelled");
    }
  }

  async #recover(orphans: readonly RunningJob[]): Promise<void> {
    for (const { lease, kind } of orphans) await this.#recoverOne(lease, kind);
  }

  async #recoverOne(lease: RunningJob["lease"], kind: string): Promise<void> {
    const { database, delivery, clock, log, onEnded } = this.#deps;
    const { jobId, attempt } = lease;
    try {
      await database.transaction(async (tx) => {
        if (await recoverOrphan(tx, lease, lostTooOften(attempt), clock.now())) {
          database.afterCommit(() => onEnded(jobId));
        } else {
          await delivery.send(tx, { jobId, kind, delayMs: 0 });
        }
      });
      log.warn({ jobId, kind, attempt }, "a job had lost its process");
    } catch (error) {
      if (!isSuperseded(error)) throw error; // another worker was quicker
    }
  }

  async #remind(): Promise<void> {
    if (performance.now() - this.#remindedAtMs < OVERDUE_MS) return;
    this.#remindedAtMs = performance.now();
    const { database, delivery, clock } = this.#deps;
    const overdue = await overdueJobs(database.reader, clock.now() - OVERDUE_MS, OVERDUE_BATCH);
    if (overdue.length === 0) return;
    await database.transaction(async (tx) => {
      for (const { id, kind } of overdue) await delivery.send(tx, { jobId: id, kind, delayMs: 0 });
    });
  }

  /** Once at the start and once a day. */
  async #sweep(): Promise<void> {
    if (performance.now() - this.#sweptAtMs < DAY_MS) return;
    this.#sweptAtMs = performance.now();
    const { database, clock } = this.#deps;
    await database.transaction((tx) => deleteEnded(tx, clock.now() - KEEP_ENDED_MS));
  }
}
