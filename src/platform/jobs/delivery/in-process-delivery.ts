import type { Database } from "../../db/database.ts";
import { messageOf } from "../../errors/quatrain-error.ts";
import type { Clock, Log } from "../../ports.ts";
import { dueJobs, nextDueAt } from "../store/job-reader.ts";
import type { JobTables } from "../store/job-tables.ts";
import type { Delivery, JobKind, RunTicket } from "./delivery.ts";

/** How long to leave a table alone that could not be read or written. */
const AFTER_FAULT_MS = 1_000;
const LONGEST_TIMER_MS = 60_000;

/** Delivery within one process: the table itself is the list of tickets, a commit is the knock at the door. */
export class InProcessDelivery implements Delivery {
  readonly alone = true;
  readonly #database: Database<JobTables>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #inHand = new Map<string, Set<string>>();
  #kinds: readonly JobKind[] = [];
  #run: RunTicket | null = null;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;

  constructor({ database, clock, log }: { database: Database; clock: Clock; log: Log }) {
    this.#database = database.as<JobTables>();
    this.#clock = clock;
    this.#log = log;
  }

  async send(): Promise<void> {
    this.#database.afterCommit(() => this.#look());
  }

  async start(kinds: readonly JobKind[], run: RunTicket): Promise<void> {
    this.#kinds = kinds;
    for (const { kind } of kinds) this.#inHand.set(kind, new Set());
    this.#run = run;
    this.#look();
  }

  async stop(): Promise<void> {
    this.#run = null;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async close(): Promise<void> {}

  /** Looks for due jobs now, or once more when a look is under way. */
  #look(): void {
    if (!this.#run) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#lookAgain = false;
    this.#looking = this.#handOut()
      .catch((error: unknown) => {
        this.#log.error({ reason: messageOf(error) }, "due jobs cannot be read");
        this.#lookIn(AFTER_FAULT_MS);
      })
      .finally(() => {
        this.#looking = null;
        if (this.#lookAgain) this.#look();
      });
  }

  async #handOut(): Promise<void> {
    const now = this.#clock.now();
    const open: string[] = [];
    for (const { kind, concurrency } of this.#kinds) {
      const inHand = this.#inHand.get(kind) ?? new Set();
      const free = concurrency - inHand.size;
      if (free <= 0) continue; // whoever ends looks again
      open.push(kind);
      const due = await dueJobs(this.#database.reader, kind, now, concurrency);
      for (const jobId of due.filter((id) => !inHand.has(id)).slice(0, free)) this.#begin(jobId, inHand);
    }
    const dueAt = await nextDueAt(this.#database.reader, open, now);
    if (dueAt !== null) this.#lookIn(dueAt - this.#clock.now());
  }

  #begin(jobId: string, inHand: Set<string>): void {
    const run = this.#run;
    if (!run) return;
    inHand.add(jobId);
    run(jobId).then(
      () => {
        inHand.delete(jobId);
        this.#look();
      },
      (error: unknown) => {
        this.#log.error({ jobId, reason: messageOf(error) }, "a job could not be begun or ended");
        inHand.delete(jobId);
        this.#lookIn(AFTER_FAULT_MS);
      },
    );
  }

  #lookIn(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#run) return;
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.max(delayMs, 1), LONGEST_TIMER_MS));
  }
}
