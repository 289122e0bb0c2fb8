import fc from "fast-check";
import { test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import * as g from "../index.ts";
import { int64 } from "../index.ts";
import { checkGradients, checkOrRefused, scattered } from "../testing/check-gradients.ts";

const RUNS = { numRuns: 25, seed: 20261128 };
const size = fc.integer({ min: 1, max: 4 });
const small = (min: number, max: number) => fc.integer({ min, max });

test("reshaping, reordering, repeating, joining and cutting", () =>
  fc.assert(
    fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 4 }), small(0, 3), async (shape, pick) => {
      const axis = pick % shape.length;
      const length = shape[axis] ?? 1;
      const order = shape.map((_, index) => (index + pick) % shape.length);
      await checkGradients(evaluate, { x: scattered(shape) }, ({ x }) => [
        g.reshape(x, [-1, length]),
        g.transpose(x, order),
        g.concat([x, g.exp(x), x], axis - shape.length),
        g.squeeze(g.unsqueeze(x, [axis]), [axis]),
        g.expand(g.unsqueeze(x, [0]), [3, ...shape]),
      ]);
    }),
    RUNS,
  ));

test("the pieces of a split, all or some of them in use", () =>
  checkGradients(evaluate, { x: scattered([2, 6]) }, ({ x }) => {
    const [first, , third] = g.split(x, [1, 2, 3], 1);
    return [first, third].flatMap((piece) => piece ?? []);
  }));

const range = fc.record({ start: small(-6, 6), end: small(-6, 6), step: small(1, 3) });

test("slices", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(small(2, 6), { minLength: 2, maxLength: 3 }),
      range,
      range,
      async (shape, first, second) => {
        await checkOrRefused(evaluate, { x: scattered(shape) }, ({ x }) =>
          g.slice(x, { axis: 1, ...first }, { axis: 0, ...second }),
        );
      },
    ),
    { ...RUNS, numRuns: 60 },
  ));

test("picking by indices, repeated and counted from the end", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(size, { minLength: 1, maxLength: 3 }),
      fc.array(small(-4, 3), { minLength: 1, maxLength: 6 }),
      small(0, 2),
      async (shape, indices, pick) => {
        const axis = pick % shape.length;
        const length = shape[axis] ?? 1;
        const inside = indices.map((index) => Math.max(-length, Math.min(length - 1, index)));
        const shapes = inside.length % 2 === 0 ? [2, inside.length / 2] : [inside.length];
        await checkGradients(evaluate, { x: scattered(shape) }, ({ x }) =>
          g.gather(x, x.graph.constant(int64(shapes, inside)), axis),
        );
      },
    ),
    RUNS,
  ));

test("padding in every mode", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(size, small(0, 3), small(0, 3)), { minLength: 1, maxLength: 3 }),
      fc.constantFrom("constant", "edge", "reflect"),
      async (axes, mode) => {
        const pads = axes.map(([, before, after]) => [before, after] as const);
        await checkOrRefused(evaluate, { x: scattered(axes.map(([length]) => length)) }, ({ x }) =>
          g.pad(x, pads, { mode }),
        );
      },
    ),
    { ...RUNS, numRuns: 40 },
  ));
