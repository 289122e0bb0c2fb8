import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchesOf, shareSent } from "./batches.ts";

const sized = (sizes: readonly number[]) => sizes.map((size) => ({ file: { size } }));

describe("batchesOf", () => {
  it("keeps every file in its order, within the bounds where one file alone does not break them", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 5 }), fc.nat(60), (sizes, files, bytes) => {
        const items = sized(sizes);
        const batches = batchesOf(items, files, bytes);
        expect(batches.flat()).toEqual(items);
        for (const batch of batches) {
          const sum = batch.reduce((all, { file }) => all + file.size, 0);
          expect(batch.length).toBeLessThanOrEqual(files);
          expect(batch.length === 1 || sum <= bytes).toBe(true);
        }
      }),
    );
  });
});

describe("shareSent", () => {
  it("counts bytes, not files", () => {
    const batches = [sized([10]), sized([20, 10])];
    expect(shareSent(batches, 0, 0.5)).toBe(0.125);
    expect(shareSent(batches, 1, 0)).toBe(0.25);
    expect(shareSent(batches, 2, 0)).toBe(1);
    expect(shareSent([], 0, 0)).toBe(0);
  });
});
