import type { Database } from "../db/database.ts";
import { messageOf, userError } from "../errors/quatrain-error.ts";
import type { Clock, Log } from "../ports.ts";
import type { JobContext } from "./job-queue.ts";
import { ProgressWriter } from "./progress-writer.ts";
import { findStep } from "./store/job-reader.ts";
import type { JobTables } from "./store/job-tables.ts";
import { recordStep } from "./store/job-writer.ts";
import { type Lease, superseded, writeLeased } from "./store/lease.ts";

/** Why a running attempt has to stop. */
export type AbortCause = "cancelled" | "drained" | "superseded";

export interface AttemptDeps {
  readonly database: Database<JobTables>;
  readonly clock: Clock;
  readonly log: Log;
  readonly progressIntervalMs: number;
}

/** One attempt at one job. */
export class Attempt {
  readonly lease: Lease;
  /** What the job's code sees of it; its functions may be taken out of it. */
  readonly context: JobContext;
  readonly #deps: AttemptDeps;
  readonly #abort = new AbortController();
  readonly #progress: ProgressWriter;
  #cause: AbortCause | null = null;

  constructor(lease: Lease, deps: AttemptDeps) {
    this.lease = lease;
    this.#deps = deps;
    this.#progress = new ProgressWriter(deps.progressIntervalMs, (progress) => this.#writeProgress(progress));
    this.context = {
      jobId: lease.jobId,
      attempt: lease.attempt,
      signal: this.#abort.signal,
      progress: (fraction, message) => this.#report(fraction, message),
      step: (name, work) => this.#step(name, work),
    };
  }

  /** Why it was aborted; null while it may go on. */
  get cause(): AbortCause | null {
    return this.#cause;
  }

  /** Asks the job's code to stop; the first cause stands, except that a superseded attempt is nothing else. */
  abort(cause: AbortCause): void {
    if (this.#cause === null || cause === "superseded") this.#cause = cause;
    this.#abort.abort(reasonOf(cause, this.lease));
  }

  /** Writes the last progress; nothing is written after this. */
  finishProgress(): Promise<void> {
    return this.#progress.finish();
  }

  #report(fraction: number, message?: string): void {
    if (Number.isNaN(fraction)) throw new RangeError("progress is a fraction from 0 to 1, not NaN");
    this.#progress.report({ progress: Math.min(Math.max(fraction, 0), 1), message: message ?? null });
  }

  async #step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.#abort.signal.throwIfAborted();
    const { database, clock } = this.#deps;
    const recorded = await findStep(database.reader, this.lease.jobId, name);
    if (recorded !== undefined) return decode(recorded);
    const result = encode(await work());
    await this.#leased(() =>
      database.transaction((tx) => recordStep(tx, this.lease, name, result, clock.now())),
    );
    return decode(result); // as a later attempt will see it
  }

  async #writeProgress(progress: { progress: number; message: string | null }): Promise<void> {
    const { database, clock, log } = this.#deps;
    const changes = { ...progress, heartbeat_at: clock.now() };
    try {
      await this.#leased(() => database.transaction((tx) => writeLeased(tx, this.lease, changes)));
    } catch (error) {
      log.warn({ jobId: this.lease.jobId, reason: messageOf(error) }, "progress could not be written");
    }
  }

  /** A write that finds the lease gone stops the attempt. */
  async #leased(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (isSuperseded(error)) this.abort("superseded");
      throw error;
    }
  }
}

/** True for the error of a write whose attempt no longer holds its job. */
export function isSuperseded(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "job_superseded";
}

/** JSON text; null for what JSON leaves out (undefined). */
export function encode(value: unknown): string | null {
  return JSON.stringify(value) ?? null;
}

function decode<Result>(json: string | null): Result {
  return (json === null ? undefined : JSON.parse(json)) as Result;
}

function reasonOf(cause: AbortCause, lease: Lease): Error {
  if (cause === "superseded") return superseded(lease);
  if (cause === "cancelled") return userError("job_cancelled", 409, "The job has been cancelled.");
  return userError("job_drained", 409, "The server is stopping; the job goes on when it is back.");
}
