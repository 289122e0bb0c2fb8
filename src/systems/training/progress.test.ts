import { expect, test } from "vitest";
import { etaSeconds, progressPercent } from "./progress.ts";
import { aJob } from "./store/testing.ts";
import type { TrainingJob } from "./training-job.ts";

/** A run of ten epochs that began its first one at 0. */
const job = (changes: Partial<TrainingJob>) =>
  ({
    ...aJob(),
    status: "running",
    currentEpoch: 0,
    runFacts: { begunAt: 0, firstEpoch: 1 },
    ...changes,
  }) as TrainingJob;

test("the rest is estimated from the epochs of this attempt", () => {
  expect(etaSeconds(job({ currentEpoch: 2 }), 4_000)).toBe(16);
  const resumed = job({ currentEpoch: 8, runFacts: { begunAt: 1_000, firstEpoch: 7 } });
  expect(etaSeconds(resumed, 3_000)).toBe(2);
  expect(etaSeconds(job({ currentEpoch: 10 }), 4_000)).toBe(0);
});

test("nothing is estimated before an epoch is done, nor of a job that does not run", () => {
  expect(etaSeconds(job({}), 4_000)).toBeNull();
  expect(etaSeconds(job({ currentEpoch: 2, runFacts: {} }), 4_000)).toBeNull();
  expect(etaSeconds(job({ currentEpoch: 6, runFacts: { begunAt: 0, firstEpoch: 7 } }), 4_000)).toBeNull();
  expect(etaSeconds(job({ currentEpoch: 2, status: "stopped" }), 4_000)).toBeNull();
});

test("progress goes by whole epochs, and is whole once the job is completed, early or not", () => {
  expect(progressPercent(job({ currentEpoch: 3 }))).toBe(30);
  expect(progressPercent(job({ currentEpoch: 99 }))).toBe(100);
  expect(progressPercent(job({ currentEpoch: 3, status: "completed" }))).toBe(100);
  expect(progressPercent(job({ currentEpoch: 3, status: "failed" }))).toBe(30);
});
