import { describe, expect, it } from "vitest";
import { differingSettings, jobsOf } from "./compared-jobs.ts";

describe("compared jobs", () => {
  it("are read out of the address, each once, four at most", () => {
    expect(jobsOf("3-5-3-x--8-9-10")).toEqual([3, 5, 8, 9]);
    expect(jobsOf("")).toEqual([]);
  });

  it("differ in what their settings did; one that a job lacks is a dash there", () => {
    const jobs: Parameters<typeof differingSettings>[0] = [
      { effective_config: { seed: { effective: 1 }, ema_decay: { effective: 0.9 } } },
      { effective_config: { seed: { effective: 1 } } },
    ];
    expect(differingSettings(jobs)).toEqual([{ name: "ema_decay", values: ["0.9", "–"] }]);
  });
});
