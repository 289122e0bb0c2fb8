import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { randomIds } from "../../../platform/ids.ts";
import { JobWriter } from "./job-writer.ts";
import { aStart, openTestStore } from "./testing.ts";

const enqueue = async () => "ticket";

describeEachDatabase("training jobs", (open) => {
  test("come back as they were stored, pending, with a folder of their own", async () => {
    const { add, find, jobs } = await openTestStore(open);
    const [first, second] = [await add({ experimentName: "실험 😀" }), await add()];
    expect(await find(first)).toEqual(first);
    expect(first).toMatchObject({
      experimentName: "실험 😀",
      tags: ["a", "b"],
      status: "pending",
      attempt: 0,
      snapshot: null,
      sent: { advancedConfig: { optimizer: { type: "sgd" } } },
    });
    expect(second.outputDir).not.toBe(first.outputDir);
    expect(await jobs.findJob(99)).toBeNull();
  });

  test("leave the queue by priority, then by how long they wait", async () => {
    const { queued, jobs, jobWriter } = await openTestStore(open);
    const waiting = [];
    for (const priority of [0, 5, 0, 5, -1]) waiting.push((await queued({ priority })).id);
    const order = [waiting[1], waiting[3], waiting[0], waiting[2], waiting[4]];
    expect((await jobs.queue()).queued.map(({ id }) => id)).toEqual(order);
    const claimed = [];
    for (let ticket = 0; ticket < 5; ticket++) claimed.push((await jobWriter.claimJob(`t${ticket}`))?.job.id);
    expect(claimed).toEqual(order);
    expect(await jobWriter.claimJob("t5")).toBeNull();
    expect((await jobs.queue()).running.map(({ id }) => id)).toEqual(order);
  });

  test("are claimed once, by however many at once", async () => {
    const store = await openTestStore(open);
    for (let job = 0; job < 6; job++) await store.queued();
    const others = await Promise.all([1, 2].map(() => store.reopen()));
    const writers = [
      store.jobWriter,
      ...others.map((database) => new JobWriter(database, store.clock, randomIds)),
    ];
    const claims = await Promise.all(
      Array.from({ length: 9 }, (_, index) => writers[index % 3]!.claimJob(`t${index}`)),
    );
    const ids = claims.flatMap((claim) => (claim === null ? [] : [claim.job.id]));
    expect(ids.sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("stay with the ticket that lost its process, which counts; given back in time it does not", async () => {
    const { queued, find, jobWriter } = await openTestStore(open);
    const { id } = await queued();
    const first = await jobWriter.claimJob("t1");
    expect(first).toMatchObject({
      lostProcess: false,
      job: { id, attempt: 1, restarts: 0, status: "running" },
    });
    expect(await jobWriter.claimJob("t2")).toBeNull();
    const again = await jobWriter.claimJob("t1");
    expect(again).toMatchObject({ lostProcess: true, job: { id, attempt: 2, restarts: 1 } });
    expect(again!.job.startedAt).toBe(first!.job.startedAt);

    await jobWriter.returnJob(first!.job, { lost: false });
    expect((await find({ id })).status).toBe("running"); // an older attempt gives nothing back
    await jobWriter.returnJob(again!.job, { lost: false });
    expect((await find({ id })).status).toBe("queued");
    expect(await jobWriter.claimJob("t2")).toBeNull();
    expect(await jobWriter.claimJob("t1")).toMatchObject({
      lostProcess: false,
      job: { id, restarts: 1, attempt: 3 },
    });
  });

  test("are queued from pending, stopped or failed only, with their ticket or not at all", async () => {
    const { add, running, find, jobWriter, runWriter } = await openTestStore(open);
    const { id } = await add();
    const refused = jobWriter.queueJob(id, aStart(), () => Promise.reject(new Error("no queue")));
    await expect(refused).rejects.toThrow("no queue");
    expect((await find({ id })).status).toBe("pending");
    expect(await jobWriter.queueJob(id, aStart({ priority: 4, snapshot: "s2" }), enqueue)).toMatchObject({
      status: "queued",
      priority: 4,
      snapshot: "s2",
    });
    expect(await jobWriter.queueJob(id, aStart(), enqueue)).toBeNull();
    expect(await jobWriter.stopWaiting(id)).toBe(true);
    expect(await jobWriter.stopWaiting(id)).toBe(false);
    expect(await jobWriter.queueJob(id, aStart(), enqueue)).toMatchObject({ status: "queued", priority: 4 });
    expect(await jobWriter.stopWaiting(id)).toBe(true);

    const other = await running();
    expect(await jobWriter.stopWaiting(other.id)).toBe(false);
    expect(await jobWriter.requestStop(other.id)).toBe(true);
    expect(await jobWriter.deleteJob(other.id)).toBeNull();
    await runWriter.end({ jobId: other.id, attempt: 1 }, { status: "completed", finalAccuracy: 1 });
    expect(await jobWriter.queueJob(other.id, aStart(), enqueue)).toBeNull();
    expect(await jobWriter.requestStop(other.id)).toBe(false);
  });

  test("forget what they measured when they begin afresh, and keep it when they go on", async () => {
    const { running, find, jobWriter, runWriter, runs, jobs } = await openTestStore(open);
    const { id } = await running();
    const speaker = { jobId: id, attempt: 1 };
    await runWriter.recordEpoch(speaker, { epoch: 1, loss: 1, accuracy: 0.5, learningRate: 0.1, extra: {} });
    const checkpoint = {
      name: "c1",
      epoch: 1,
      roles: ["last", "best"] as const,
      metric: 0.5,
      bytes: 1,
      sha256: "x",
    };
    await runWriter.recordCheckpoint(speaker, checkpoint, 0);
    await runWriter.end(speaker, { status: "failed", code: "nan_loss", message: "why", traceback: "t" });

    await jobWriter.queueJob(id, aStart({ resumeFrom: "c1", fresh: false }), enqueue);
    expect(await find({ id })).toMatchObject({
      resumeFrom: "c1",
      currentEpoch: 1,
      bestMetric: 0.5,
      errorMessage: null,
      errorCode: null,
      completedAt: null,
    });
    expect(await runs.listFigures(id, 10, "newest")).toHaveLength(1);
    await jobWriter.stopWaiting(id);

    await jobWriter.queueJob(id, aStart(), enqueue);
    expect(await find({ id })).toMatchObject({
      resumeFrom: null,
      currentEpoch: 0,
      bestMetric: null,
      bestEpoch: null,
    });
    expect(await runs.listFigures(id, 10, "newest")).toEqual([]);
    expect(await jobs.listCheckpoints(id)).toMatchObject([{ name: "c1", roles: [] }]);
  });

  test("are deleted with everything of theirs, and nothing of others", async () => {
    const { running, jobWriter, runWriter, runs, jobs } = await openTestStore(open);
    const [gone, stays] = [await running(), await running()];
    for (const { id } of [gone, stays]) {
      const speaker = { jobId: id, attempt: 1 };
      await runWriter.recordEpoch(speaker, {
        epoch: 1,
        loss: 1,
        accuracy: null,
        learningRate: null,
        extra: {},
      });
      await runWriter.recordStep(speaker, { epoch: 1, step: 1, loss: 1, learningRate: 0.1 });
      await runWriter.log(id, [{ logType: "stdout", level: "info", message: "x" }], {
        attempt: 1,
        sequence: 1,
      });
      await runWriter.end(speaker, { status: "stopped" });
    }
    expect(await jobWriter.deleteJob(gone.id)).toMatchObject({ id: gone.id, snapshot: "s1" });
    expect(await jobWriter.deleteJob(gone.id)).toBeNull();
    expect(await jobs.findJob(gone.id)).toBeNull();
    for (const [id, count] of [
      [gone.id, 0],
      [stays.id, 1],
    ] as const) {
      expect(await runs.listFigures(id, 10, "newest")).toHaveLength(count);
      expect((await runs.listSteps(id, 10)).total).toBe(count);
      expect(await runs.listLogs(id, { limit: 10 })).toHaveLength(count);
    }
  });

  test("are listed as the viewer may see them, narrowed, and sorted with nothing last", async () => {
    const { add, jobs, running, runWriter } = await openTestStore(open);
    const mine = await add({ ownerId: 1, projectId: 5, experimentName: "50% Über_all" });
    const theirs = await add({ ownerId: 2 });
    const shown = await add({ ownerId: 2, visibility: "public", experimentName: null });
    const best = await running({ ownerId: 1 });
    const checkpoint = { name: "c", epoch: 1, roles: ["best"] as const, metric: 0.5, bytes: 1, sha256: "x" };
    await runWriter.recordCheckpoint({ jobId: best.id, attempt: 1 }, checkpoint, 0);
    const list = async (
      userId: number | null,
      filter: object = {},
      by: "id" | "best_metric" = "id",
      direction: "asc" | "desc" = "asc",
    ) => {
      const viewer = { userId, seesAll: userId === null };
      const { jobs: found, total } = await jobs.listJobs(
        viewer,
        filter,
        { by, direction },
        { skip: 0, limit: 10 },
      );
      expect(total).toBe(found.length);
      return found.map(({ id }) => id);
    };
    expect(await list(1)).toEqual([mine.id, shown.id, best.id]);
    expect(await list(2)).toEqual([theirs.id, shown.id]);
    expect(await list(3)).toEqual([shown.id]);
    expect(await list(null)).toEqual([mine.id, theirs.id, shown.id, best.id]);
    expect(await list(1, { projectId: 5 })).toEqual([mine.id]);
    for (const search of ["50%", "Über_", "R_ALL"]) {
      expect(await list(1, { search }), search).toEqual([mine.id]);
    }
    expect(await list(1, { search: "5_%" })).toEqual([]);
    expect((await list(1, {}, "best_metric", "asc"))[0]).toBe(best.id);
    expect((await list(1, {}, "best_metric", "desc"))[0]).toBe(best.id);
    expect(await jobs.countOpen(1)).toBe(2);
    expect(await jobs.countOpen(null)).toBe(0);
    expect(await jobs.isInUse("d1")).toBe(best.id);
    expect(await jobs.isInUse("d2")).toBeNull();
  });
});
