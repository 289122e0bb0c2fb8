import { expect, test } from "vitest";
import { HeartbeatWatch } from "./heartbeat-watch.ts";

const job = (heartbeatAt: number, attempt = 1) => ({
  lease: { jobId: "a", attempt, worker: "w" },
  kind: "test.run",
  heartbeatAt,
});

test("a job is silent once its heartbeat has not changed for long enough, whatever its clock says", () => {
  const watch = new HeartbeatWatch(10);
  expect(watch.silent([job(5_000_000)], 100)).toEqual([]);
  expect(watch.silent([job(5_000_000)], 109)).toEqual([]);
  expect(watch.silent([job(5_000_000)], 110)).toEqual([job(5_000_000)]);
});

test("a change of the heartbeat or of the attempt begins the wait anew", () => {
  const watch = new HeartbeatWatch(10);
  watch.silent([job(1)], 0);
  expect(watch.silent([job(2)], 10)).toEqual([]);
  expect(watch.silent([job(2, 2)], 20)).toEqual([]);
  expect(watch.silent([job(2, 2)], 30)).toHaveLength(1);
});

test("a job that was away is new when it comes back", () => {
  const watch = new HeartbeatWatch(10);
  watch.silent([job(1)], 0);
  watch.silent([], 5);
  expect(watch.silent([job(1)], 20)).toEqual([]);
});
