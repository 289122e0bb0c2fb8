import fc from "fast-check";
import { expect, it } from "vitest";
import { planSteps } from "./batch-plan.ts";

const size = { min: 1, max: 40 };

it("uses every picture once, in batches of the size but the last", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer(size),
      fc.integer(size),
      (pictures, batchSize, k) => {
        const steps = planSteps(pictures, batchSize, k);
        const batches = steps.flat();
        expect(batches[0]?.start).toBe(0);
        expect(batches.at(-1)?.end).toBe(pictures);
        for (const [at, { start, end }] of batches.entries()) {
          if (at > 0) expect(start).toBe(batches[at - 1]?.end);
          if (at < batches.length - 1) expect(end - start).toBe(batchSize);
        }
        expect(steps.slice(0, -1).every((step) => step.length === k)).toBe(true);
        expect(steps.at(-1)?.length).toBeGreaterThan(0);
      },
    ),
  );
});

it("joins a single picture to the batch before, since batch norms need two", () => {
  expect(planSteps(9, 4, 1)).toEqual([[{ start: 0, end: 4 }], [{ start: 4, end: 9 }]]);
  expect(planSteps(10, 4, 2)).toEqual([
    [
      { start: 0, end: 4 },
      { start: 4, end: 8 },
    ],
    [{ start: 8, end: 10 }],
  ]);
  expect(planSteps(1, 4, 1)).toEqual([[{ start: 0, end: 1 }]]);
  expect(planSteps(2, 1, 1)).toHaveLength(2);
});
