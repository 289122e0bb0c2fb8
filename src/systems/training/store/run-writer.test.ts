import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import type { CheckpointRole, EpochFigures } from "../training-job.ts";
import { anImage, aReport, aStart, openTestStore } from "./testing.ts";

const figures = (epoch: number, some: Partial<EpochFigures> = {}): EpochFigures => ({
  epoch,
  loss: null,
  accuracy: null,
  learningRate: null,
  extra: {},
  ...some,
});

const line = (message: string) => ({ logType: "stdout", level: "info", message });

const checkpoint = (epoch: number, roles: readonly CheckpointRole[], metric = 0.5) => ({
  name: `epoch_${epoch}`,
  epoch,
  roles,
  metric,
  bytes: 10,
  sha256: "x",
});

describeEachDatabase("what runs say", (open) => {
  test("figures of an epoch join, whoever tells them, in whatever order", async () => {
    const { running, runWriter, runs, find } = await openTestStore(open);
    const job = await running();
    const speaker = { jobId: job.id, attempt: 1 };
    await Promise.all([
      runWriter.recordEpoch(speaker, figures(2, { loss: 0.5, extra: { f1: 0.25 } })),
      runWriter.recordEpoch(speaker, figures(2, { accuracy: 0.75 })),
      runWriter.recordEpoch(speaker, figures(2, { learningRate: 0.1, extra: { recall: 0.5 } })),
      runWriter.recordEpoch(speaker, figures(1, { loss: 1 })),
    ]);
    await runWriter.recordEpoch(speaker, figures(2, { loss: 0.4 }));
    expect(await runs.listFigures(job.id, 10, "newest")).toMatchObject([
      figures(1, { loss: 1 }),
      figures(2, { loss: 0.4, accuracy: 0.75, learningRate: 0.1, extra: { f1: 0.25, recall: 0.5 } }),
    ]);
    expect((await find(job)).currentEpoch).toBe(2);
    expect((await runs.listFigures(job.id, 1, "oldest"))[0]!.epoch).toBe(1);
    expect((await runs.listFigures(job.id, 1, "newest"))[0]!.epoch).toBe(2);
  });

  test("figures that are no numbers leave what is there", async () => {
    const { running, runWriter, runs } = await openTestStore(open);
    const job = await running();
    const speaker = { jobId: job.id, attempt: 1 };
    await runWriter.recordEpoch(speaker, figures(1, { loss: 1, extra: { a: 1 } }));
    await runWriter.recordEpoch(
      speaker,
      figures(1, { loss: Number.NaN, accuracy: Infinity, extra: { a: NaN } }),
    );
    await runWriter.recordStep(speaker, { epoch: 1, step: 1, loss: Number.NaN, learningRate: 0.1 });
    expect(await runs.listFigures(job.id, 10, "newest")).toMatchObject([
      figures(1, { loss: 1, extra: { a: 1 } }),
    ]);
    expect(await runs.lastStep(job.id)).toEqual({ epoch: 1, step: 1, loss: null, learningRate: 0.1 });
  });

  test("an older attempt, an ended job and a waiting one are not heard", async () => {
    const { running, runWriter, runs, jobWriter, find } = await openTestStore(open);
    const job = await running();
    const say = (attempt: number | null) =>
      Promise.all([
        runWriter.begin({ jobId: job.id, attempt }, {}, null),
        runWriter.recordEpoch({ jobId: job.id, attempt }, figures(1)),
        runWriter.recordStep({ jobId: job.id, attempt }, { epoch: 1, step: 1, loss: 1, learningRate: 1 }),
        runWriter.recordValidation(
          { jobId: job.id, attempt },
          { epoch: 1, value: 1, report: aReport(1), images: [] },
        ),
        runWriter
          .recordCheckpoint({ jobId: job.id, attempt }, checkpoint(1, ["last"]), 0)
          .then((names) => names !== null),
      ]);
    const nobody = [false, false, false, false, false];
    const everybody = [true, true, true, true, true];
    expect(await say(2)).toEqual(nobody);
    expect(await say(1)).toEqual(everybody);
    expect(await say(null)).toEqual(everybody);
    await jobWriter.claimJob(`ticket of ${job.id}`); // its process was lost
    expect(await say(1)).toEqual(nobody);
    expect(await say(2)).toEqual(everybody);

    expect(await runWriter.end({ jobId: job.id, attempt: 1 }, { status: "stopped" })).toBe(false);
    expect(await runWriter.end({ jobId: job.id, attempt: 2 }, { status: "stopped" })).toBe(true);
    const ended = await find(job);
    for (const attempt of [1, 2, null]) {
      expect(await say(attempt)).toEqual(nobody);
      expect(await runWriter.end({ jobId: job.id, attempt }, { status: "completed", finalAccuracy: 1 })).toBe(
        false,
      );
    }
    expect(await find(job)).toEqual(ended);

    await jobWriter.queueJob(job.id, aStart(), async () => "ticket");
    for (const attempt of [2, null]) expect(await say(attempt)).toEqual(nobody);
    expect((await find(job)).status).toBe("queued");
    expect(await runs.listFigures(job.id, 10, "newest")).toEqual([]);
  });

  test("a job of nobody's queue begins with its first word", async () => {
    const { add, runWriter, find } = await openTestStore(open);
    const job = await add();
    const speaker = { jobId: job.id, attempt: null };
    expect(await runWriter.begin(speaker, { parameters: 7 }, { seed: { requested: 1, effective: 1 } })).toBe(
      true,
    );
    const begun = await find(job);
    expect(begun).toMatchObject({
      status: "running",
      attempt: 1,
      runFacts: { parameters: 7 },
      effectiveConfig: { seed: { effective: 1 } },
    });
    await runWriter.begin(speaker, {}, null);
    expect(await find(job)).toMatchObject({ attempt: 1, startedAt: begun.startedAt });
    await runWriter.end(speaker, { status: "failed", code: "c", message: "why", traceback: null });
    expect(await find(job)).toMatchObject({ status: "failed", errorCode: "c", errorMessage: "why" });
  });

  test("lines are never merged, but for a delivery that comes twice", async () => {
    const { running, runWriter, runs } = await openTestStore(open);
    const { id } = await running();
    await runWriter.log(id, [line("same"), line("same")]);
    const deliver = (attempt: number, sequence: number) =>
      runWriter.log(id, [line(`${attempt}.${sequence}`)], { attempt, sequence });
    await Promise.all([deliver(1, 1), deliver(1, 1), deliver(1, 2), deliver(2, 1)]);
    const lines = await runs.listLogs(id, { limit: 10 });
    expect(lines.map(({ message }) => message).sort()).toEqual(["1.1", "1.2", "2.1", "same", "same"]);
    const ids = lines.map((entry) => entry.id);
    const read = async (cursor: object) =>
      (await runs.listLogs(id, { limit: 2, ...cursor })).map((entry) => entry.id);
    expect(await read({})).toEqual(ids.slice(-2));
    expect(await read({ after: ids[0] })).toEqual(ids.slice(1, 3));
    expect(await read({ before: ids[4] })).toEqual(ids.slice(2, 4));
    expect(await read({ logType: "stderr" })).toEqual([]);
  });

  test("steps are thinned out, the newest among them", async () => {
    const { running, runWriter, runs } = await openTestStore(open);
    const { id } = await running();
    for (let step = 1; step <= 25; step++) {
      await runWriter.recordStep({ jobId: id, attempt: 1 }, { epoch: 1, step, loss: step, learningRate: 1 });
    }
    for (const points of [2, 7, 24, 25, 100]) {
      const { total, steps } = await runs.listSteps(id, points);
      expect(total).toBe(25);
      expect(steps.length).toBeLessThanOrEqual(points);
      expect(steps.at(-1)!.step).toBe(25);
    }
  });
});

describeEachDatabase("checkpoints of runs", (open) => {
  test("pass on their roles; who has none left goes, as many periodic ones stay as are wanted", async () => {
    const { running, runWriter, jobs, find } = await openTestStore(open);
    const job = await running();
    const speaker = { jobId: job.id, attempt: 1 };
    const record = (epoch: number, roles: readonly CheckpointRole[], metric?: number) =>
      runWriter.recordCheckpoint(speaker, checkpoint(epoch, roles, metric), 2);
    expect(await record(1, ["last", "best"], 0.5)).toEqual([]);
    expect(await record(2, ["last", "periodic"])).toEqual([]);
    expect(await record(3, ["last", "best"], 0.7)).toEqual(["epoch_1"]);
    expect(await record(4, ["last", "periodic"])).toEqual([]);
    expect(await record(6, ["last", "periodic"])).toEqual(["epoch_2"]);
    expect(await record(7, ["last"])).toEqual([]);
    expect((await jobs.listCheckpoints(job.id)).map(({ epoch, roles }) => [epoch, roles.join(" ")])).toEqual([
      [7, "last"],
      [6, "periodic"],
      [4, "periodic"],
      [3, "best"],
    ]);
    expect(await find(job)).toMatchObject({ resumeFrom: "epoch_7", bestMetric: 0.7, bestEpoch: 3 });
    expect((await jobs.listCheckpointsOf([job.id, 99])).get(job.id)).toHaveLength(4);
    expect(await record(7, ["last"])).toEqual([]); // told twice
    expect(await jobs.listCheckpoints(job.id)).toHaveLength(4);
  });

  test("are found by the folder and name of their file", async () => {
    const { running, runWriter, jobs, jobWriter } = await openTestStore(open);
    const job = await running();
    await runWriter.recordCheckpoint({ jobId: job.id, attempt: 1 }, checkpoint(1, ["last"]), 0);
    expect(await jobs.findCheckpointByPath(job.outputDir, "epoch_1")).toMatchObject({
      job: { id: job.id },
      checkpoint: { epoch: 1 },
    });
    expect(await jobs.findCheckpointByPath(job.outputDir, "epoch_2")).toBeNull();
    expect(await jobs.findCheckpointByPath("outputs/other", "epoch_1")).toBeNull();
    expect(await jobWriter.deleteCheckpoint(job.id, "epoch_1")).toBe(true);
    expect(await jobWriter.deleteCheckpoint(job.id, "epoch_1")).toBe(false);
  });
});

describeEachDatabase("validations of runs", (open) => {
  const images = (count: number) => Array.from({ length: count }, (_, index) => anImage(`${index}.png`));

  test("come back with how each picture went, narrowed and sorted", async () => {
    const { running, runWriter, runs, find } = await openTestStore(open);
    const job = await running();
    const results = [
      anImage("a.png", { confidence: 0.9, loss: 0.1 }),
      anImage("b.png", { predictedLabel: 1, confidence: 0.6, loss: 0.9 }),
      anImage("c.png", { trueLabel: 1, predictedLabel: 1, confidence: 0.7, loss: Number.NaN }),
    ];
    await runWriter.recordValidation(
      { jobId: job.id, attempt: 1 },
      { epoch: 1, value: 0.5, report: aReport(0.5), images: results },
    );
    const [validation] = await runs.listValidations(job.id, 10);
    expect(validation).toMatchObject({
      epoch: 1,
      value: 0.5,
      loss: 0.5,
      report: aReport(0.5),
      imageCount: 3,
    });
    expect(await runs.findValidation(validation!.id)).toEqual(validation);
    expect((await find(job)).finalAccuracy).toBe(0.5);
    const list = async (filter: object) =>
      (await runs.listImages(validation!.id, { sort: "id", ...filter }, { skip: 0, limit: 10 })).images.map(
        ({ path }) => path[0],
      );
    expect(await list({})).toEqual(["a", "b", "c"]);
    expect(await list({ isCorrect: true })).toEqual(["a", "c"]);
    expect(await list({ isCorrect: false })).toEqual(["b"]);
    expect(await list({ trueLabel: 0 })).toEqual(["a", "b"]);
    expect(await list({ predictedLabel: 1 })).toEqual(["b", "c"]);
    expect(await list({ sort: "confidence" })).toEqual(["b", "c", "a"]);
    expect(await list({ sort: "loss" })).toEqual(["b", "a", "c"]);
    const { images: page, total } = await runs.listImages(
      validation!.id,
      { sort: "id" },
      { skip: 1, limit: 1 },
    );
    expect([page.length, total, page[0]!.top]).toEqual([
      1,
      3,
      [
        [0, 0.75],
        [1, 0.25],
      ],
    ]);
    expect(await runs.findImage(validation!.id, page[0]!.id)).toEqual(page[0]);
    expect(await runs.findImage(validation!.id + 1, page[0]!.id)).toBeNull();
  });

  test("that come twice are there once", async () => {
    const { running, runWriter, runs } = await openTestStore(open);
    const { id } = await running();
    const speaker = { jobId: id, attempt: 1 };
    for (const value of [0.5, 0.6]) {
      await runWriter.recordValidation(speaker, {
        epoch: 1,
        value,
        report: aReport(value),
        images: images(600),
      });
    }
    const all = await runs.listValidations(id, 10);
    expect(all).toMatchObject([{ value: 0.6, imageCount: 600 }]);
    expect((await runs.listImages(all[0]!.id, { sort: "id" }, { skip: 0, limit: 1 })).total).toBe(600);
  });

  test("keep so many pictures of a job: the newest, and those of the best epoch", async () => {
    const { running, runWriter, runs } = await openTestStore(open, { keptImageRows: 25 });
    const { id } = await running();
    const speaker = { jobId: id, attempt: 1 };
    const kept: number[][] = [];
    for (let epoch = 1; epoch <= 5; epoch++) {
      await runWriter.recordValidation(speaker, { epoch, value: 1, report: aReport(1), images: images(10) });
      if (epoch === 2) await runWriter.recordCheckpoint(speaker, checkpoint(2, ["best"]), 0);
      const validations = await runs.listValidations(id, 10);
      kept.push(validations.filter(({ imageCount }) => imageCount > 0).map((one) => one.epoch));
      for (const { id: validation, imageCount } of validations) {
        expect((await runs.listImages(validation, { sort: "id" }, { skip: 0, limit: 1 })).total).toBe(
          imageCount,
        );
      }
      expect(validations).toHaveLength(epoch);
    }
    expect(kept).toEqual([[1], [1, 2], [2, 3], [2, 3, 4], [2, 4, 5]]);
  });
});
