import { describe, expect, it } from "vitest";
import { bestAfter, isExhausted, patienceAfter } from "./best-epoch.ts";

describe("bestAfter", () => {
  const best = { value: 0.5, epoch: 3 };

  it("is the first one to reach the best value", () => {
    expect(bestAfter(null, 1, 0, "max")).toEqual({ value: 0, epoch: 1 });
    expect(bestAfter(best, 4, 0.5, "max")).toEqual(best);
    expect(bestAfter(best, 4, 0.51, "max")).toEqual({ value: 0.51, epoch: 4 });
    expect(bestAfter(best, 4, 0.49, "min")).toEqual({ value: 0.49, epoch: 4 });
  });
});

describe("patience", () => {
  const saveBest = { metric: "accuracy", mode: "max" } as const;
  const earlyStopping = { patience: 2, minDelta: 0.1 };
  const counted = (values: number[]) =>
    values.reduce((patience, value) => patienceAfter(patience, value, { saveBest, earlyStopping }), {
      best: null as number | null,
      waited: 0,
    });

  it("counts validations that gain no more than the least difference", () => {
    expect(counted([0.5, 0.55, 0.59])).toEqual({ best: 0.5, waited: 2 });
    expect(counted([0.5, 0.55, 0.65])).toEqual({ best: 0.65, waited: 0 });
  });

  it("ends the run when it is used up, and never without early stopping", () => {
    expect(isExhausted(counted([0.5, 0.5]), earlyStopping)).toBe(false);
    expect(isExhausted(counted([0.5, 0.5, 0.5]), earlyStopping)).toBe(true);
    expect(isExhausted(counted([0.5, 0.5, 0.5]), null)).toBe(false);
  });
});
