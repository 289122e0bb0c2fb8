import type { z } from "zod";
import type { AnyTransaction } from "../db/database.ts";

export type JobState = "queued" | "running" | "completed" | "failed" | "cancelled";

/** One kind of background work of one system. */
export interface JobDefinition<Payload = unknown> {
  /** `system.verb-noun`, for example `inspection.fit`: letters, digits, `.`, `-` and `_`. */
  readonly kind: string;
  /** Checked when the job is enqueued and again when it is begun, so it must not transform. */
  readonly payload: z.ZodType<Payload>;
  /**
   * How often a job is begun at most, the first time included. Attempts that a drain sent back do not count;
   * attempts whose process was killed do.
   */
  readonly maxAttempts: number;
  /** How many of this kind run at once in one process. */
  readonly concurrency: number;
  /**
   * Does the work. May be killed at any instruction and begun again with `attempt` + 1: whatever must not happen
   * twice goes through `context.step`. What it resolves to (JSON) is the job's result, unless the signal has been
   * aborted by then: such an attempt never completes its job, whatever it returns.
   */
  run(context: JobContext, payload: Payload): Promise<unknown>;
}

export interface JobContext {
  readonly jobId: string;
  /** 1 the first time. Writes of an older attempt are fenced off: they throw `job_superseded` (409). */
  readonly attempt: number;
  /** Aborted on cancel, on drain and when another attempt took over. */
  readonly signal: AbortSignal;
  /** `fraction` 0..1. Cheap to call often: written at most a few times a second. */
  progress(fraction: number, message?: string): void;
  /**
   * Runs `work` once per (job, name): a later attempt gets the recorded result (JSON) without running it.
   * The record is written after `work`, so `work` itself must be safe to repeat. Throws the signal's reason
   * instead of beginning once it is aborted.
   */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly payload: unknown;
  readonly progress: number;
  readonly message: string | null;
  readonly attempt: number;
  readonly result: unknown;
  /** The user's words for a failure. */
  readonly error: string | null;
  readonly errorCode: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Set once cancel was asked for; the state follows when the work has stopped. */
  readonly cancelRequestedAt: number | null;
}

export interface JobFilter {
  readonly kind?: string;
  readonly state?: JobState;
  /** 100 where absent, 1,000 at most. */
  readonly limit?: number;
}

/**
 * The `jobs` table is the truth; delivery (in-process or pg-boss) only says who runs what, and when.
 * A failed attempt is tried again with backoff unless its error is a QuatrainError below 500 (the user's to mend).
 *
 * Life: `define` every kind, then enqueue and ask; in the worker role `start`; in every role `drain` at the end.
 */
export interface JobQueue {
  /** Before `start`, in every role that enqueues or runs the kind. */
  define<Payload>(definition: JobDefinition<Payload>): void;
  /**
   * Writes the job in the caller's transaction, so that it exists exactly when the row it belongs to does.
   * @returns the job's id
   */
  enqueue(tx: AnyTransaction, kind: string, payload: unknown): Promise<string>;
  get(id: string): Promise<JobRecord | null>;
  /** Newest first. */
  list(filter?: JobFilter): Promise<readonly JobRecord[]>;
  /** False when there is no such job or it has already ended. Not inside a transaction. */
  cancel(id: string): Promise<boolean>;
  /**
   * Resolves with the job once it has ended.
   * @throws QuatrainError `job_not_found` (404); the signal's reason
   */
  settled(id: string, signal?: AbortSignal): Promise<JobRecord>;
  /** Begins to run jobs (the worker role); jobs whose worker died are begun again. */
  start(): Promise<void>;
  /**
   * Takes no new jobs, aborts the running ones, waits; jobs not ended go back to the queue for the next process,
   * without losing an attempt. Afterwards the queue is closed.
   */
  drain(timeoutMs: number): Promise<void>;
  /** Forgets jobs that ended more than `olderThanMs` ago, with their steps. @returns how many */
  purge(olderThanMs: number): Promise<number>;
}
