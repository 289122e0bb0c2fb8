import fc from "fast-check";
import { expect, test } from "vitest";
import { computeAll } from "../ml/runtime/compute.ts";
import * as g from "./index.ts";
import { float32, type Value } from "./index.ts";

/**
 * Whatever the sizes, onnxruntime returns the shape that the builder worked out (`computeAll` demands it),
 * and what the builder accepts onnxruntime accepts too. Every case is one small session.
 */
const RUNS = { numRuns: 25, seed: 20261120 };

const size = fc.integer({ min: 1, max: 5 });
const shapeOf = (minLength: number, maxLength: number) => fc.array(size, { minLength, maxLength });
const small = (max: number, min = 0) => fc.integer({ min, max });

function filled(shape: readonly number[]) {
  const count = shape.reduce((product, length) => product * length, 1);
  return float32(
    shape,
    Float32Array.from({ length: count }, (_, index) => (index % 7) - 3),
  );
}

async function holds(x: readonly number[], build: (x: Value) => readonly Value[]): Promise<void> {
  await computeAll({ x: filled(x) }, (inputs) => build(inputs.x));
}

/** Runs the case unless the builder refuses it: then its refusal must be a GraphError. */
async function holdsOrIsRefused(x: readonly number[], build: (x: Value) => readonly Value[]): Promise<void> {
  try {
    await holds(x, build);
  } catch (error) {
    expect(error).toBeInstanceOf(g.GraphError);
  }
}

/** A shape and, per axis, whether the other operand has size 1 there; the other may lack leading axes. */
const broadcasting = fc.tuple(
  shapeOf(0, 4),
  fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  small(4),
);

test("operators that broadcast", () =>
  fc.assert(
    fc.asyncProperty(broadcasting, async ([shape, thin, dropped]) => {
      const other = shape.map((length, axis) => (thin[axis] ? 1 : length)).slice(dropped);
      await computeAll({ a: filled(shape), b: filled(other) }, ({ a, b }) => [
        g.add(a, b),
        g.pow(b, a),
        g.less(a, b),
        g.where(g.greater(a, b), a, b),
        g.expand(b, shape),
      ]);
    }),
    RUNS,
  ));

test("reductions, arguments and top-k", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(1, 4), small(15), fc.boolean(), size, async (shape, chosen, keepDims, k) => {
      const axes = shape.map((_, axis) => axis).filter((axis) => (chosen >> axis) & 1);
      const axis = (axes[0] ?? 0) - (keepDims ? shape.length : 0);
      await holds(shape, (x) => [
        g.reduceSum(x, { keepDims }),
        ...(axes.length > 0 ? [g.reduceMean(x, { axes, keepDims }), g.reduceL2(x, { axes, keepDims })] : []),
        g.argMax(x, axis, keepDims),
        ...Object.values(g.topK(x, { k: Math.min(k, shape.at(axis) ?? 1), axis })),
        g.softmax(x, axis),
      ]);
    }),
    RUNS,
  ));

test("matMul and gemm", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(0, 2), size, size, size, small(2), async (batch, m, k, n, dropped) => {
      await computeAll(
        { a: filled([...batch, m, k]), b: filled([...batch.slice(dropped), k, n]) },
        ({ a, b }) => [g.matMul(a, b)],
      );
      await computeAll({ a: filled([k, m]), b: filled([n, k]), c: filled([1, n]) }, ({ a, b, c }) => [
        g.gemm(a, b, c, { transposeA: true, transposeB: true }),
      ]);
    }),
    RUNS,
  ));

const window = fc.record({
  kernel: fc.tuple(small(3, 1), small(3, 1)),
  strides: fc.tuple(small(3, 1), small(3, 1)),
  pads: fc.tuple(small(2), small(2), small(2), small(2)),
  dilations: fc.tuple(small(2, 1), small(2, 1)),
});

test("convolutions", () =>
  fc.assert(
    fc.asyncProperty(
      window,
      small(2, 1),
      size,
      size,
      async ({ kernel, ...options }, groups, height, width) => {
        const weight = filled([2 * groups, 2, ...kernel]);
        await holdsOrIsRefused([1, 2 * groups, height, width], (x) => [
          g.conv(x, x.graph.constant(weight), { groups, ...options }),
        ]);
      },
    ),
    RUNS,
  ));

test("pooling", () =>
  fc.assert(
    fc.asyncProperty(window, size, size, fc.boolean(), async (options, height, width, countPadding) => {
      await holdsOrIsRefused([1, 2, height, width], (x) => [
        g.averagePool(x, { ...options, countPadding }),
        g.maxPool(x, options),
      ]);
    }),
    RUNS,
  ));

test("reshaping, reordering, joining and cutting", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(1, 4), small(3), async (shape, pick) => {
      const axis = pick % shape.length;
      const length = shape[axis] ?? 1;
      const order = shape.map((_, index) => (index + pick) % shape.length);
      await holds(shape, (x) => [
        g.reshape(x, [-1, length]),
        g.transpose(x, order),
        g.concat([x, x, x], axis - shape.length),
        ...g.split(x, length > 1 ? [1, length - 1] : [1], axis),
        g.unsqueeze(x, [axis, -1]),
        g.squeeze(g.unsqueeze(x, [axis]), [axis]),
      ]);
    }),
    RUNS,
  ));

const range = fc.record({ start: small(5, -5), end: small(5, -5), step: small(3, 1) });

test("slices", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(2, 3), range, range, async (shape, first, second) => {
      await holdsOrIsRefused(shape, (x) => [g.slice(x, { axis: 1, ...first }, { axis: -2, ...second })]);
    }),
    RUNS,
  ));

test("gathering", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(1, 3), shapeOf(0, 2), small(2), async (shape, indices, pick) => {
      const zeros = g.int64(indices, new Array(indices.reduce((count, length) => count * length, 1)).fill(0));
      await holds(shape, (x) => [g.gather(x, x.graph.constant(zeros), pick % shape.length)]);
    }),
    RUNS,
  ));

test("padding in every mode", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(size, small(3), small(3)), { minLength: 1, maxLength: 3 }),
      fc.constantFrom("constant", "edge", "reflect"),
      async (axes, mode) => {
        const pads = axes.map(([, before, after]) => [before, after] as const);
        const shape = axes.map(([length]) => length);
        await holdsOrIsRefused(shape, (x) => [g.pad(x, pads, { mode })]);
      },
    ),
    RUNS,
  ));

test("resizing", () =>
  fc.assert(
    fc.asyncProperty(
      fc.tuple(size, size, size, size),
      fc.constantFrom("nearest", "linear", "cubic"),
      fc.boolean(),
      async ([height, width, toHeight, toWidth], mode, antialias) => {
        await holdsOrIsRefused([1, 2, height, width], (x) => [
          g.resize(x, [toHeight, toWidth], { mode, antialias }),
        ]);
      },
    ),
    RUNS,
  ));
