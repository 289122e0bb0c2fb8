import { expect, test } from "vitest";
import { countsAt } from "./threshold-counts.ts";

test("a threshold's false alarms and misses; a score at it counts as good", () => {
  const scores = [
    { label: "ok", score: 1 },
    { label: "ok", score: 2 },
    { label: "ng", score: 2 },
    { label: "ng", score: 3 },
  ] as const;
  expect(countsAt(scores, 2)).toEqual({ falseAlarms: 0, misses: 1, good: 2, bad: 2 });
  expect(countsAt(scores, 1.5)).toEqual({ falseAlarms: 1, misses: 0, good: 2, bad: 2 });
  expect(countsAt([], 1)).toEqual({ falseAlarms: 0, misses: 0, good: 0, bad: 0 });
});
