import { expect, it } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { LivePulse } from "../live-pulse.ts";
import { openTestStore } from "../store/testing.ts";
import { followJob } from "./follow-job.ts";

const figures = (epoch: number) => ({ epoch, loss: 1, accuracy: 0.5, learningRate: 0.1, extra: {} });

describeEachDatabase("following a job", (open) => {
  /** Follows a job; between two looks, and in the middle of each, epochs are recorded as `plan` says. */
  async function told(before: number, between: readonly number[], meanwhile: number): Promise<number[]> {
    const store = await openTestStore(open);
    const job = await store.running();
    const speaker = { jobId: job.id, attempt: 1 };
    let [epoch, looks] = [0, 0];
    const record = async (count: number) => {
      for (let added = 0; added < count; added++)
        await store.runWriter.recordEpoch(speaker, figures(++epoch));
    };
    await record(before);
    const pulse = new LivePulse();
    const jobs = {
      findJob: async (id: number) => {
        await record(between[looks] ?? 0);
        if (looks++ === between.length) await store.runWriter.end(speaker, { status: "stopped" });
        const found = await store.jobs.findJob(id);
        await record(looks === 1 ? meanwhile : 0); // after the job was read, before its figures are
        setImmediate(() => pulse.beat(id));
        return found;
      },
    };
    const news = followJob(
      { ...store, jobs: jobs as typeof store.jobs, pulse },
      job.id,
      new AbortController().signal,
    );
    const epochs: number[] = [];
    for await (const { type, data } of news) {
      if (type === "training_progress") epochs.push(Number(data.epoch));
    }
    return epochs;
  }

  it("tells of every epoch once, however many come between two looks", async () => {
    expect(await told(0, [0, 3, 0, 1, 2], 0)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("begins with the last epoch that was before", async () => {
    expect(await told(4, [0, 1, 2], 0)).toEqual([4, 5, 6, 7]);
  });

  it("passes over none that comes in the middle of a look", async () => {
    expect(await told(2, [0, 1], 2)).toEqual([4, 5]);
    expect(await told(0, [0, 2], 1)).toEqual([1, 2, 3]);
  });
});
