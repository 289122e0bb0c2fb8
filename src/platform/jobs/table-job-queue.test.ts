import { expect, test } from "vitest";
import { describeEachDatabase } from "../db/testing.ts";
import { userError } from "../errors/quatrain-error.ts";
import type { JobContext, JobQueue } from "./job-queue.ts";
import { gate, job, jobSuite, untilAborted } from "./testing-suite.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000000";

describeEachDatabase("TableJobQueue", (open) => {
  const { openPlace, openQueue, openOther, add } = jobSuite(open);

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
});
