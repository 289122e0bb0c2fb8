import { expect, it } from "vitest";
import { frequentConfusions } from "./confusion.ts";

const MATRIX = [
  [50, 3, 0],
  [4, 20, 3],
  [0, 7, 9],
];

it("lists the most frequent mistakes first, right answers and pairs that never met not at all", () => {
  expect(frequentConfusions(MATRIX, 10)).toEqual([
    { trueLabel: 2, predictedLabel: 1, count: 7 },
    { trueLabel: 1, predictedLabel: 0, count: 4 },
    { trueLabel: 0, predictedLabel: 1, count: 3 },
    { trueLabel: 1, predictedLabel: 2, count: 3 },
  ]);
});

it("lists no more mistakes than asked for", () => {
  expect(frequentConfusions(MATRIX, 1)).toHaveLength(1);
});
