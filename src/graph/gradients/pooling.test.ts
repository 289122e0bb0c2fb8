import fc from "fast-check";
import { test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import { averagePool, globalAveragePool, maxPool } from "../index.ts";
import { checkGradients, checkOrRefused, scattered } from "../testing/check-gradients.ts";

const small = (min: number, max: number) => fc.integer({ min, max });
const window = fc.record({
  kernel: fc.tuple(small(1, 3), small(1, 3)),
  strides: fc.tuple(small(1, 3), small(1, 3)),
  pads: fc.tuple(small(0, 1), small(0, 1), small(0, 1), small(0, 1)),
  dilations: fc.tuple(small(1, 2), small(1, 2)),
});
const sizes = fc.tuple(small(1, 2), small(1, 2), small(2, 7), small(2, 7));

test("maximum and average pools with any window", () =>
  fc.assert(
    fc.asyncProperty(window, sizes, fc.boolean(), async (options, shape, countPadding) => {
      await checkOrRefused(evaluate, { x: scattered(shape) }, ({ x }) => [
        maxPool(x, options),
        averagePool(x, { ...options, countPadding }),
      ]);
    }),
    { numRuns: 60, seed: 20261128 },
  ));

test("2 x 2 maximum pools, sizes odd and even", () =>
  fc.assert(
    fc.asyncProperty(sizes, (shape) =>
      checkGradients(evaluate, { x: scattered(shape) }, ({ x }) => maxPool(x, { kernel: 2, strides: 2 })),
    ),
    { numRuns: 20, seed: 20261128 },
  ));

test("pools over one and three spatial axes, and over all positions", async () => {
  await checkGradients(evaluate, { x: scattered([2, 2, 7]) }, ({ x }) =>
    maxPool(x, { kernel: 3, strides: 2 }),
  );
  await checkGradients(evaluate, { x: scattered([1, 2, 4, 3, 4]) }, ({ x }) => averagePool(x, { kernel: 2 }));
  await checkGradients(evaluate, { x: scattered([2, 3, 4, 3]) }, ({ x }) => globalAveragePool(x));
});
