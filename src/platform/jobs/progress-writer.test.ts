import { expect, test, vi } from "vitest";
import { type Progress, ProgressWriter } from "./progress-writer.ts";

test("writes the first report at once, then the newest one of each interval, and the last one at the end", async () => {
  vi.useFakeTimers();
  try {
    const written: number[] = [];
    const writer = new ProgressWriter(100, async ({ progress }: Progress) => {
      written.push(progress);
    });
    const report = (progress: number) => writer.report({ progress, message: null });
    report(0.1);
    expect(written).toEqual([0.1]);
    report(0.2);
    report(0.3);
    await vi.advanceTimersByTimeAsync(100);
    expect(written).toEqual([0.1, 0.3]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(written).toEqual([0.1, 0.3]);
    report(0.4);
    report(0.5);
    await writer.finish();
    expect(written).toEqual([0.1, 0.3, 0.4, 0.5]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
