import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { describeEachDatabase, type TestDatabase } from "../db/testing.ts";
import { userError } from "../errors/quatrain-error.ts";
import type { JobContext, JobDefinition, JobQueue } from "./job-queue.ts";
import { type JobTables, jobMigrations } from "./store/job-tables.ts";
import type { JobTiming } from "./table-job-queue.ts";
import { killJob, openTestQueue, WORKER_PATH } from "./testing.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000000";

describeEachDatabase("TableJobQueue", (open) => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const openPlace = () => open(jobMigrations);

  async function openQueue(place: TestDatabase, timing: Partial<JobTiming> = {}): Promise<JobQueue> {
    const queue = await openTestQueue(place, timing);
    cleanups.push(() => queue.drain(50));
    return queue;
  }

  /** The same database and another worker, as in a second process. */
  async function openOther(place: TestDatabase, timing: Partial<JobTiming> = {}): Promise<JobQueue> {
    return openQueue({ ...place, database: await place.reopen() }, timing);
  }

  const add = (place: TestDatabase, queue: JobQueue, payload: unknown = {}, kind = "test.run") =>
    place.database.transaction((tx) => queue.enqueue(tx, kind, payload));

  const job = (run: (context: JobContext, payload: { n?: number }) => Promise<unknown>, more = {}) =>
    ({
      kind: "test.run",
      payload: z.object({ n: z.number().optional() }),
      maxAttempts: 3,
      concurrency: 1,
      run,
      ...more,
    }) satisfies JobDefinition<{ n?: number }>;

  /** A promise and who resolves it. */
  const gate = () => Promise.withResolvers<void>();
  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

  test("runs a job and keeps its result", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async (_, { n = 0 }) => ({ twice: n * 2 })));
    await queue.start();
    const id = await add(place, queue, { n: 21 });
    const ended = await queue.settled(id);
    expect(ended).toMatchObject({
      id,
      kind: "test.run",
      state: "completed",
      payload: { n: 21 },
      progress: 1,
      attempt: 1,
      result: { twice: 42 },
      error: null,
      errorCode: null,
      cancelRequestedAt: null,
    });
    expect(ended.startedAt).toBeGreaterThanOrEqual(ended.createdAt);
    expect(ended.finishedAt).toBeGreaterThanOrEqual(ended.startedAt ?? Number.NaN);
  });

  test("runs what was enqueued before it was started", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async () => "done"));
    const id = await add(place, queue);
    expect((await queue.get(id))?.state).toBe("queued");
    await queue.start();
    expect((await queue.settled(id)).result).toBe("done");
  });

  test("a job whose transaction is rolled back never was", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const ran: number[] = [];
    queue.define(job(async (_, { n = 0 }) => ran.push(n)));
    await queue.start();
    let lost = "";
    const rolledBack = place.database.transaction(async (tx) => {
      lost = await queue.enqueue(tx, "test.run", { n: 1 });
      throw new Error("changed my mind");
    });
    await expect(rolledBack).rejects.toThrow("changed my mind");
    await queue.settled(await add(place, queue, { n: 2 }));
    expect(await queue.get(lost)).toBeNull();
    expect(ran).toEqual([2]);
  });

  test("refuses a payload that does not fit and kinds that nobody defined", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async () => null));
    await expect(add(place, queue, { n: "one" })).rejects.toThrow();
    await expect(add(place, queue, {}, "test.other")).rejects.toThrow(/test\.other/);
    expect(() => queue.define(job(async () => null))).toThrow(/twice/);
    expect(await queue.list()).toEqual([]);
  });

  test("tries again what failed inside, and tells no secrets of it", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const attempts: number[] = [];
    queue.define(
      job(async ({ attempt }) => {
        attempts.push(attempt);
        if (attempt < 3) throw new Error("/secret/path");
        return "at last";
      }),
    );
    await queue.start();
    const ended = await queue.settled(await add(place, queue));
    expect(attempts).toEqual([1, 2, 3]);
    expect(ended).toMatchObject({ state: "completed", result: "at last", error: null });
  });

  test("gives up after the last attempt", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(
      job(
        async () => {
          throw new Error("/secret/path");
        },
        { maxAttempts: 2 },
      ),
    );
    await queue.start();
    const ended = await queue.settled(await add(place, queue));
    expect(ended).toMatchObject({ state: "failed", attempt: 2, errorCode: "internal_error" });
    expect(ended.error).not.toContain("secret");
  });

  test("does not try again what only the user can mend", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(
      job(async () => {
        throw userError("too_few_images", 400, "Add at least three images.");
      }),
    );
    await queue.start();
    expect(await queue.settled(await add(place, queue))).toMatchObject({
      state: "failed",
      attempt: 1,
      error: "Add at least three images.",
      errorCode: "too_few_images",
    });
  });

  test("a step that was recorded is not run again by a later attempt", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const ran: string[] = [];
    queue.define(
      job(async ({ attempt, step }) => {
        const first = await step("first", async () => {
          ran.push(`first ${attempt}`);
          return { at: attempt };
        });
        const nothing = await step("nothing", async () => {
          ran.push(`nothing ${attempt}`);
        });
        if (attempt === 1) throw new Error("between steps");
        return { first, nothing: nothing === undefined };
      }),
    );
    await queue.start();
    const ended = await queue.settled(await add(place, queue));
    expect(ran).toEqual(["first 1", "nothing 1"]);
    expect(ended.result).toEqual({ first: { at: 1 }, nothing: true });
  });

  test("shows progress while a job runs", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const seen = gate();
    queue.define(
      job(async ({ progress }) => {
        progress(7, "beyond");
        progress(0.25, "a quarter");
        await seen.promise;
      }),
    );
    await queue.start();
    const id = await add(place, queue);
    await expect
      .poll(() => queue.get(id))
      .toMatchObject({ state: "running", progress: 0.25, message: "a quarter" });
    seen.resolve();
    expect(await queue.settled(id)).toMatchObject({ state: "completed", progress: 1 });
  });

  test("runs no more of a kind at once than it may, in the order of enqueueing", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = async (_: JobContext, { n = 0 }) => {
      begun.push(n);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    queue.define(job(work));
    queue.define(job(work, { kind: "test.pair", concurrency: 2 }));
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push(await add(place, queue, { n }));
    await queue.start();
    await Promise.all(ids.map((id) => queue.settled(id)));
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(1);
    const pairs = await Promise.all(begun.map((n) => add(place, queue, { n }, "test.pair")));
    await Promise.all(pairs.map((id) => queue.settled(id)));
    expect(most).toBeLessThanOrEqual(2);
  });

  test("cancels a queued job at once; one that has ended or never was cannot be cancelled", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async () => null));
    const id = await add(place, queue);
    expect(await queue.cancel(id)).toBe(true);
    expect(await queue.settled(id)).toMatchObject({ state: "cancelled", startedAt: null });
    expect(await queue.cancel(id)).toBe(false);
    expect(await queue.cancel(UNKNOWN)).toBe(false);
    await queue.start();
    await queue.settled(await add(place, queue));
    expect((await queue.get(id))?.state).toBe("cancelled");
  });

  test("cancels a running job through its signal, even one that then returns", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const begun = gate();
    queue.define(
      job(async ({ signal }) => {
        begun.resolve();
        await untilAborted(signal).catch(() => undefined);
        return "half of it";
      }),
    );
    await queue.start();
    const id = await add(place, queue);
    await begun.promise;
    expect(await queue.cancel(id)).toBe(true);
    const ended = await queue.settled(id);
    expect(ended).toMatchObject({ state: "cancelled", result: null });
    expect(ended.cancelRequestedAt).not.toBeNull();
  });

  test("cancels a job that another process runs", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const begun = gate();
    const define = (which: JobQueue) =>
      which.define(
        job(({ signal }) => {
          begun.resolve();
          return untilAborted(signal);
        }),
      );
    define(queue);
    await queue.start();
    const other = await openOther(place);
    define(other);
    const id = await add(place, queue);
    await begun.promise;
    expect(await other.cancel(id)).toBe(true);
    expect(await other.settled(id)).toMatchObject({ state: "cancelled" });
  });

  test("a job whose worker has fallen silent is begun elsewhere, and the old attempt can write no more", async () => {
    const place = await openPlace();
    const silent = await openQueue(place, { heartbeatMs: 3_600_000 });
    const begun = gate();
    const goOn = gate();
    const old = Promise.withResolvers<{ error: unknown; aborted: boolean }>();
    silent.define(
      job(async ({ step, signal }) => {
        begun.resolve();
        await goOn.promise;
        const error = await step("late", async () => "old").catch((thrown: unknown) => thrown);
        old.resolve({ error, aborted: signal.aborted });
        return "old";
      }),
    );
    await silent.start();
    const id = await add(place, silent);
    await begun.promise;
    const lively = await openOther(place);
    lively.define(
      job(async ({ attempt, step }) => ({ attempt, late: await step("late", async () => "new") })),
    );
    await lively.start();
    expect(await lively.settled(id)).toMatchObject({
      state: "completed",
      result: { attempt: 2, late: "new" },
    });
    goOn.resolve();
    const { error, aborted } = await old.promise;
    expect(aborted || error === "new").toBe(true);
    await expect.poll(() => lively.get(id)).toMatchObject({ result: { attempt: 2, late: "new" } });
  });

  test("a superseded attempt's write throws job_superseded and aborts its signal", async () => {
    const place = await openPlace();
    const queue = await openQueue(place, { heartbeatMs: 3_600_000 });
    const seen = Promise.withResolvers<{ error: unknown; aborted: boolean }>();
    queue.define(
      job(async ({ jobId, step, signal }) => {
        const supersede = async () => {
          await place.database
            .as<JobTables>()
            .transaction((tx) =>
              tx.updateTable("jobs").set({ attempt: 2, worker: "another" }).where("id", "=", jobId).execute(),
            );
        };
        const error = await step("overtaken", supersede).catch((thrown: unknown) => thrown);
        seen.resolve({ error, aborted: signal.aborted });
        return "too late";
      }),
    );
    await queue.start();
    const id = await add(place, queue);
    const { error, aborted } = await seen.promise;
    expect(error).toMatchObject({ code: "job_superseded" });
    expect(aborted).toBe(true);
    await queue.drain(1000);
    expect(await queue.get(id)).toMatchObject({ state: "running", attempt: 2, result: null });
  });

  test("a job whose process was killed in every attempt fails and says so", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async () => "never", { maxAttempts: 2 }));
    const id = await add(place, queue);
    await place.database
      .as<JobTables>()
      .transaction((tx) =>
        tx.updateTable("jobs").set({ state: "running", attempt: 2, worker: "dead" }).execute(),
      );
    await queue.start();
    expect(await queue.settled(id)).toMatchObject({
      state: "failed",
      errorCode: "job_interrupted",
      error: expect.stringContaining("2 times"),
    });
  });

  test("drain sends running jobs back, without losing an attempt, and the next process finishes them", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const begun = gate();
    queue.define(
      job(
        ({ signal }) => {
          begun.resolve();
          return untilAborted(signal);
        },
        { maxAttempts: 1 },
      ),
    );
    await queue.start();
    const running = await add(place, queue);
    const waiting = await add(place, queue);
    await begun.promise;
    await queue.drain(10_000);
    expect(await queue.get(running)).toMatchObject({ state: "queued", attempt: 0, error: null });
    expect(await queue.get(waiting)).toMatchObject({ state: "queued", attempt: 0 });
    await expect(add(place, queue)).rejects.toMatchObject({ code: "jobs_unavailable" });
    const next = await openOther(place);
    next.define(job(async ({ attempt }) => attempt, { maxAttempts: 1 }));
    await next.start();
    expect(await next.settled(running)).toMatchObject({ state: "completed", result: 1 });
    expect(await next.settled(waiting)).toMatchObject({ state: "completed", result: 1 });
  });

  test("drain takes the job from an attempt that does not stop in time", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    const begun = gate();
    const goOn = gate();
    const wrote = Promise.withResolvers<unknown>();
    queue.define(
      job(async ({ progress, step }) => {
        begun.resolve();
        await goOn.promise;
        progress(0.9);
        await step("late", async () => "late").catch(wrote.resolve);
      }),
    );
    await queue.start();
    const id = await add(place, queue);
    await begun.promise;
    await queue.drain(20);
    expect(await queue.get(id)).toMatchObject({ state: "queued", attempt: 0 });
    goOn.resolve();
    expect(await wrote.promise).toMatchObject({ code: expect.stringMatching(/^job_/) });
    expect(await queue.get(id)).toMatchObject({ state: "queued", progress: 0 });
  });

  test("settled ends with its signal, and says when there is no such job", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async () => null));
    const id = await add(place, queue);
    const giveUp = new AbortController();
    const waiting = queue.settled(id, giveUp.signal);
    giveUp.abort(new Error("no patience"));
    await expect(waiting).rejects.toThrow("no patience");
    await expect(queue.settled(UNKNOWN)).rejects.toMatchObject({ code: "job_not_found", status: 404 });
  });

  test("lists the newest first, by kind and state, and forgets what ended long ago", async () => {
    const place = await openPlace();
    const queue = await openQueue(place);
    queue.define(job(async ({ step }) => step("one", async () => 1)));
    queue.define(job(async () => null, { kind: "test.other" }));
    const first = await add(place, queue);
    const second = await add(place, queue);
    const other = await add(place, queue, {}, "test.other");
    await queue.cancel(first);
    const ids = async (filter = {}) => (await queue.list(filter)).map(({ id }) => id);
    expect(await ids()).toEqual([other, second, first]);
    expect(await ids({ kind: "test.run" })).toEqual([second, first]);
    expect(await ids({ state: "queued", kind: "test.run" })).toEqual([second]);
    expect(await ids({ limit: 1 })).toEqual([other]);
    await queue.start();
    await queue.settled(second);
    await queue.settled(other);
    expect(await queue.purge(3_600_000)).toBe(0);
    expect(await queue.purge(-1)).toBe(3);
    expect(await ids()).toEqual([]);
  });

  test("two workers run every job of a crowd once", async () => {
    const place = await openPlace();
    const ran: number[] = [];
    const queues = [await openQueue(place), await openOther(place)];
    for (const queue of queues) queue.define(job(async (_, { n = 0 }) => ran.push(n), { concurrency: 4 }));
    const [first, second] = queues as [JobQueue, JobQueue];
    await first.start();
    await second.start();
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    const ids = await place.database.transaction(async (tx) => {
      const enqueued: string[] = [];
      for (const n of numbers) enqueued.push(await first.enqueue(tx, "test.run", { n }));
      return enqueued;
    });
    const ended = await Promise.all(ids.map((id) => first.settled(id)));
    expect(ended.every(({ state, attempt }) => state === "completed" && attempt === 1)).toBe(true);
    expect(ran.sort((a, b) => a - b)).toEqual(numbers);
  });

  test("a process killed in the middle of a step: the next one goes on from the last recorded step", async () => {
    const place = await openPlace();
    const folder = await mkdtemp(join(tmpdir(), "quatrain-kill-"));
    cleanups.push(() => rm(folder, { recursive: true }));
    const trace = join(folder, "trace");
    const worker = (mode: string) => {
      const child = spawn(process.execPath, [WORKER_PATH, place.address, place.schema ?? "", mode], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      cleanups.push(async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.disconnect();
        await once(child, "exit");
      });
      return child;
    };
    const queue = await openQueue(place);
    queue.define({ ...killJob, run: async () => null });
    const id = await add(place, queue, { trace }, killJob.kind);

    const first = worker("hang");
    await once(first, "message");
    first.kill("SIGKILL");
    await once(first, "exit");
    expect(await queue.get(id)).toMatchObject({ state: "running", attempt: 1 });

    worker("go");
    expect(await queue.settled(id)).toMatchObject({ state: "completed", attempt: 2, result: { from: 1 } });
    expect(await readFile(trace, "utf8")).toBe(
      "first in attempt 1\nsecond in attempt 1\nsecond in attempt 2\n",
    );
  });
});
