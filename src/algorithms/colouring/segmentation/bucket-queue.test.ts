import fc from "fast-check";
import { expect, it } from "vitest";
import { BucketQueue } from "./bucket-queue.ts";

it("yields what costs least, with its owner, however many values come and go", () => {
  const steps = fc.array(fc.option(fc.integer({ min: 0, max: 40 }), { freq: 3 }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (costs) => {
      const queue = new BucketQueue(32, 1);
      const waiting = new Map<number, number>();
      costs.forEach((cost, value) => {
        if (cost !== null) {
          queue.push(cost, value, 1000 + value);
          // from the last bucket on, costs count the same
          waiting.set(value, Math.min(31, cost));
          return;
        }
        const popped = queue.pop();
        if (waiting.size === 0) {
          expect(popped).toBe(-1);
          return;
        }
        expect(waiting.get(popped)).toBe(Math.min(...waiting.values()));
        expect(queue.owner).toBe(1000 + popped);
        waiting.delete(popped);
      });
    }),
  );
});

it("holds more than it was made for", () => {
  const queue = new BucketQueue(8, 1);
  for (let value = 0; value < 10_000; value++) queue.push(value % 8, value, value);
  const popped = Array.from({ length: 10_000 }, () => queue.pop());
  expect(popped.map((value) => value % 8)).toEqual(popped.map((_, at) => Math.floor(at / 1250)));
  expect(new Set(popped).size).toBe(10_000);
  expect(queue.pop()).toBe(-1);
});
