import fc from "fast-check";
import { expect, it } from "vitest";
import { WeightedSemaphore } from "./weighted-semaphore.ts";

it("never lets more in than fits, in the order of arrival, and lets everybody in at last", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 30 }), async (weights) => {
      const semaphore = new WeightedSemaphore(10);
      const order: number[] = [];
      let taken = 0;
      const work = (weight: number, index: number) =>
        semaphore.hold(weight, async () => {
          order.push(index);
          taken += Math.min(weight, 10);
          expect(taken).toBeLessThanOrEqual(10);
          await Promise.resolve();
          taken -= Math.min(weight, 10);
        });
      await Promise.all(weights.map(work));
      expect(order).toEqual(weights.map((_, index) => index));
    }),
  );
});

it("gives its place back when the work fails, and leaves the queue when aborted", async () => {
  const semaphore = new WeightedSemaphore(1);
  const first = Promise.withResolvers<void>();
  const held = semaphore.hold(1, () => first.promise);
  const leaving = new AbortController();
  const left = semaphore.hold(1, async () => "never", leaving.signal);
  const third = semaphore.hold(1, async () => "third");
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  first.reject(new Error("failed"));
  await expect(held).rejects.toThrow("failed");
  expect(await third).toBe("third");
  await expect(semaphore.hold(1, async () => "never", leaving.signal)).rejects.toThrow("gone");
});
