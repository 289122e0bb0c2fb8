import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

const backoff = { firstMs: 1000, longestMs: 60_000 };

test("doubles from attempt to attempt, up to the longest delay", () => {
  const delays = [1, 2, 3, 6, 7, 50].map((attempt) => backoffMs(backoff, attempt, 1));
  expect(delays).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
});

test("draws between half of the delay and the whole", () => {
  expect(backoffMs(backoff, 1, 0)).toBe(500);
  expect(backoffMs(backoff, 1, 0.5)).toBe(750);
});
