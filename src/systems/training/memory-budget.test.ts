import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MemoryBudget } from "./memory-budget.ts";

it("never shares out more than there is, but to one alone, and lets everybody have a turn", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ amount: fc.nat(15), turns: fc.nat(3) }), { maxLength: 30 }),
      async (tasks) => {
        const budget = new MemoryBudget(10);
        const inside: number[] = [];
        let done = 0;
        await Promise.all(
          tasks.map(({ amount, turns }) =>
            budget.while(amount, async () => {
              inside.push(amount);
              const sum = inside.reduce((total, part) => total + part, 0);
              const others = inside.filter((part) => part > 0).length - 1;
              expect(sum <= 10 || others === 0).toBe(true);
              for (let turn = 0; turn < turns; turn++) await setImmediate();
              inside.splice(inside.indexOf(amount), 1);
              done++;
            }),
          ),
        );
        expect(done).toBe(tasks.length);
      },
    ),
    { numRuns: 50 },
  );
});

it("serves in the order of asking: many small ones do not keep a large one waiting", async () => {
  const budget = new MemoryBudget(10);
  const order: string[] = [];
  const turn = (name: string, amount: number) =>
    budget.while(amount, async () => {
      order.push(name);
      await setImmediate();
    });
  await Promise.all([turn("a", 6), turn("large", 10), turn("b", 4), turn("c", 4)]);
  expect(order).toEqual(["a", "large", "b", "c"]);
});

it("gives its share back after a failure", async () => {
  const budget = new MemoryBudget(10);
  const failing = budget.while(10, async () => {
    throw new RangeError("of the work");
  });
  await expect(failing).rejects.toThrow("of the work");
  expect(await budget.while(10, async () => "next")).toBe("next");
});
