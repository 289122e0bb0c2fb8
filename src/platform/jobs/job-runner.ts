import type { Database } from "../db/database.ts";
import { messageOf } from "../errors/quatrain-error.ts";
import type { Clock, Log } from "../ports.ts";
import { type AbortCause, Attempt, encode, isSuperseded } from "./attempt.ts";
import { type Backoff, backoffMs } from "./backoff.ts";
import type { Delivery } from "./delivery/delivery.ts";
import { failureOf, isWorthRetrying } from "./failure.ts";
import type { JobDefinition } from "./job-queue.ts";
import { type AttemptEnd, endAttempt } from "./store/attempt-end.ts";
import type { JobTables } from "./store/job-tables.ts";
import { type ClaimedJob, claimJob } from "./store/job-writer.ts";

export interface RunnerDeps {
  readonly database: Database<JobTables>;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
  readonly backoff: Backoff;
  readonly progressIntervalMs: number;
  /** Token of this process. */
  readonly worker: string;
  /** Called once a job has ended for good. */
  readonly onEnded: (jobId: string) => void;
}

/** Runs attempts in this process and writes how they went. */
export class JobRunner {
  readonly #deps: RunnerDeps;
  readonly #definitions: ReadonlyMap<string, JobDefinition>;
  readonly #running = new Map<string, { attempt: Attempt; kind: string }>();
  readonly #runs = new Set<Promise<void>>();
  #draining = false;

  constructor(definitions: ReadonlyMap<string, JobDefinition>, deps: RunnerDeps) {
    this.#definitions = definitions;
    this.#deps = deps;
  }

  /** Attempts under way. */
  attempts(): Attempt[] {
    return [...this.#running.values()].map(({ attempt }) => attempt);
  }

  abort(jobId: string, cause: AbortCause): void {
    this.#running.get(jobId)?.attempt.abort(cause);
  }

  /** Begins the job if it is queued; resolves when the attempt has ended, rejects when the table fails. */
  async run(jobId: string): Promise<void> {
    if (this.#draining) return;
    const run = this.#claimAndPerform(jobId);
    this.#runs.add(run);
    await run.finally(() => this.#runs.delete(run));
  }

  /** Aborts every attempt, waits for them to end, and takes their jobs from those that do not. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    for (const attempt of this.attempts()) attempt.abort("drained");
    const ended = Promise.allSettled(this.#runs); // those still being claimed too
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, timeoutMs);
    await Promise.race([ended, timeout.promise]);
    clearTimeout(timer);
    for (const { attempt, kind } of this.#running.values()) {
      this.#deps.log.warn(
        { jobId: attempt.lease.jobId, kind },
        "the job did not stop in time; it goes back to the queue",
      );
      await this.#end(attempt, kind, { as: "returned" });
    }
  }

  async #claimAndPerform(jobId: string): Promise<void> {
    const { database, worker, clock } = this.#deps;
    const claimed = await database.transaction((tx) => claimJob(tx, jobId, worker, clock.now()));
    if (!claimed) return;
    const attempt = new Attempt(claimed.lease, this.#deps);
    if (this.#draining) attempt.abort("drained");
    this.#running.set(jobId, { attempt, kind: claimed.kind });
    try {
      const end = await this.#work(claimed, attempt);
      await attempt.finishProgress();
      await this.#end(attempt, claimed.kind, aborted(attempt) ?? end);
    } finally {
      this.#running.delete(jobId);
    }
  }

  async #work({ kind, payload, lease, maxAttempts }: ClaimedJob, attempt: Attempt): Promise<AttemptEnd> {
    const { log, clock, backoff, random } = this.#deps;
    try {
      attempt.context.signal.throwIfAborted();
      const definition = this.#definitions.get(kind);
      if (!definition) throw new Error(`this process knows no jobs of the kind ${kind}`);
      const result = await definition.run(attempt.context, definition.payload.parse(payload));
      return { as: "completed", result: encode(result) };
    } catch (error) {
      if (attempt.cause !== null) return { as: "failed", failure: failureOf(error, lease.jobId) };
      const fields = {
        jobId: lease.jobId,
        kind,
        attempt: lease.attempt,
        reason: messageOf(error),
        err: error,
      };
      log.warn(fields, "a job's attempt failed");
      const failure = failureOf(error, lease.jobId);
      if (!isWorthRetrying(error) || lease.attempt >= maxAttempts) return { as: "failed", failure };
      return { as: "retried", failure, runAfter: clock.now() + backoffMs(backoff, lease.attempt, random()) };
    }
  }

  async #end(attempt: Attempt, kind: string, end: AttemptEnd): Promise<void> {
    const { database, delivery, clock, log, onEnded } = this.#deps;
    const { lease } = attempt;
    try {
      await database.transaction(async (tx) => {
        const now = clock.now();
        if (await endAttempt(tx, lease, end, now)) {
          database.afterCommit(() => onEnded(lease.jobId));
        } else {
          const delayMs = end.as === "retried" ? Math.max(0, end.runAfter - now) : 0;
          await delivery.send(tx, { jobId: lease.jobId, kind, delayMs });
        }
      });
    } catch (error) {
      if (!isSuperseded(error)) throw error;
      attempt.abort("superseded");
      log.warn(
        { jobId: lease.jobId, kind, attempt: lease.attempt },
        "a superseded attempt ended; nothing was written",
      );
    }
  }
}

/** An aborted attempt has not done its job, whatever it returned or threw. */
function aborted({ cause }: Attempt): AttemptEnd | null {
  if (cause === "cancelled") return { as: "cancelled" };
  if (cause === "drained") return { as: "returned" };
  return null; // not aborted, or superseded: then the lease refuses whatever is written
}
