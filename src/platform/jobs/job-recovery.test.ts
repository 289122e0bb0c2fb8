import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeEachDatabase } from "../db/testing.ts";
import type { JobQueue } from "./job-queue.ts";
import type { JobTables } from "./store/job-tables.ts";
import { killJob, WORKER_PATH } from "./testing.ts";
import { gate, job, jobSuite, untilAborted } from "./testing-suite.ts";

describeEachDatabase("Jobs across workers and their deaths", (open) => {
  const { openPlace, openQueue, openOther, add, later } = jobSuite(open);

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
    later(() => rm(folder, { recursive: true }));
    const trace = join(folder, "trace");
    const worker = (mode: string) => {
      const child = spawn(process.execPath, [WORKER_PATH, place.address, place.schema ?? "", mode], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      later(async () => {
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
