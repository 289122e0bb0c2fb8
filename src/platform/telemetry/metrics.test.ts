import { expect, test } from "vitest";
import { Metrics } from "./metrics.ts";

test("shows the process's figures and what the rooms add, read when asked", async () => {
  const metrics = new Metrics();
  let waiting = 1;
  metrics.gauge("quatrain_jobs_waiting", "Jobs that wait", () => waiting);
  metrics.counter("quatrain_fits_total", "Fits", ["outcome"]).inc({ outcome: "done" });
  waiting = 2;
  const { contentType, body } = await metrics.text();
  expect(contentType).toContain("text/plain");
  expect(body).toContain("quatrain_jobs_waiting 2");
  expect(body).toContain('quatrain_fits_total{outcome="done"} 1');
  expect(body).toContain("process_resident_memory_bytes");
});
