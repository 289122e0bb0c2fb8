/** For tests only: what the suites of this room share. */
import { afterEach } from "vitest";
import { z } from "zod";
import type { OpenTestDatabase, TestDatabase } from "../db/testing.ts";
import type { JobContext, JobDefinition, JobQueue } from "./job-queue.ts";
import { jobMigrations } from "./store/job-tables.ts";
import type { JobTiming } from "./table-job-queue.ts";
import { openTestQueue } from "./testing.ts";

type Run = (context: JobContext, payload: { n?: number }) => Promise<unknown>;

/** Queues on a fresh database of the suite's dialect; drained after each test. */
export function jobSuite(open: OpenTestDatabase) {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function openQueue(place: TestDatabase, timing: Partial<JobTiming> = {}): Promise<JobQueue> {
    const queue = await openTestQueue(place, timing);
    cleanups.push(() => queue.drain(50));
    return queue;
  }

  return {
    openPlace: () => open(jobMigrations),
    openQueue,
    /** The same database and another worker, as in a second process. */
    openOther: async (place: TestDatabase, timing: Partial<JobTiming> = {}): Promise<JobQueue> =>
      openQueue({ ...place, database: await place.reopen() }, timing),
    add: (place: TestDatabase, queue: JobQueue, payload: unknown = {}, kind = "test.run") =>
      place.database.transaction((tx) => queue.enqueue(tx, kind, payload)),
    /** Runs after the test. */
    later: (cleanup: () => Promise<unknown>) => cleanups.push(cleanup),
  };
}

/** A kind of job around `run`. */
export function job(
  run: Run,
  more: Partial<JobDefinition<{ n?: number }>> = {},
): JobDefinition<{ n?: number }> {
  const payload = z.object({ n: z.number().optional() });
  return { kind: "test.run", payload, maxAttempts: 3, concurrency: 1, run, ...more };
}

/** A promise and who resolves it. */
export const gate = () => Promise.withResolvers<void>();

/** Rejects with the signal's reason when it aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
