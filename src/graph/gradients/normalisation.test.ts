import fc from "fast-check";
import { test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import * as g from "../index.ts";
import { checkGradients, scattered } from "../testing/check-gradients.ts";

const RUNS = { numRuns: 20, seed: 20261128 };
const size = fc.integer({ min: 1, max: 4 });
const shapeOf = (minLength: number) => fc.array(size, { minLength, maxLength: 4 });
const small = (min: number, max: number) => fc.integer({ min, max });

test("reductions over any axes", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(1), small(0, 15), fc.boolean(), async (shape, chosen, keepDims) => {
      const axes = shape.map((_, axis) => axis).filter((axis) => (chosen >> axis) & 1);
      const options = axes.length > 0 ? { axes, keepDims } : { keepDims };
      await checkGradients(evaluate, { x: scattered(shape) }, ({ x }) => [
        g.reduceSum(x, options),
        g.reduceMean(x, options),
        g.reduceMax(x, options),
        g.reduceMin(x, options),
        g.reduceL2(x, options),
      ]);
    }),
    RUNS,
  ));

test("softmax and its logarithm along any axis", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(1), small(-4, 3), async (shape, pick) => {
      const axis = pick % shape.length;
      await checkGradients(evaluate, { x: scattered(shape) }, ({ x }) => [
        g.softmax(x, axis),
        g.logSoftmax(x, axis),
      ]);
    }),
    RUNS,
  ));

test("layer normalisation by its input, scale and bias", () =>
  fc.assert(
    fc.asyncProperty(shapeOf(1), small(2, 6), async (lead, last) => {
      const feeds = {
        x: scattered([...lead, last]),
        scale: scattered([last], { seed: 2 }),
        bias: scattered([last]),
      };
      await checkGradients(evaluate, feeds, ({ x, scale, bias }) => g.layerNorm(x, scale, bias, 0.01));
    }),
    RUNS,
  ));

test("batch normalisation in training, by what goes in and through its statistics, too", () =>
  fc.assert(
    fc.asyncProperty(
      fc.tuple(small(2, 4), small(1, 3)),
      fc.array(size, { maxLength: 3 }),
      small(1, 7),
      async ([batch, channels], spatial, read) => {
        const feeds = {
          x: scattered([batch, channels, ...spatial]),
          scale: scattered([channels], { positive: true }),
          bias: scattered([channels], { seed: 2 }),
        };
        await checkGradients(evaluate, feeds, ({ x, scale, bias }) => {
          const { y, mean, variance } = g.batchNormTraining(x, scale, bias, 0.01);
          const statistics = [mean, variance].filter((_, index) => (read >> index) & 1);
          return [y, ...statistics];
        });
      },
    ),
    RUNS,
  ));

test("the statistics of batch normalisation alone", () =>
  checkGradients(evaluate, { x: scattered([3, 2, 4]) }, ({ x }) => {
    const vector = g.reduceMean(g.mul(x, 0), { axes: [0, 2] });
    const { mean, variance } = g.batchNormTraining(x, vector, vector);
    return [mean, variance];
  }));

test("batch normalisation with given statistics, by all five", () =>
  fc.assert(
    fc.asyncProperty(size, size, fc.array(size, { maxLength: 2 }), async (batch, channels, spatial) => {
      const vector = (seed: number, positive = false) => scattered([channels], { seed, positive });
      const feeds = {
        x: scattered([batch, channels, ...spatial]),
        scale: vector(1),
        bias: vector(2),
        mean: vector(3),
        variance: vector(4, true),
      };
      await checkGradients(evaluate, feeds, ({ x, ...statistics }) => g.batchNorm(x, statistics));
    }),
    RUNS,
  ));

test("the losses, by predictions and targets", () =>
  fc.assert(
    fc.asyncProperty(size, size, async (rows, classes) => {
      const feeds = {
        a: scattered([rows, classes]),
        b: scattered([rows, classes], { seed: 2, positive: true }),
      };
      await checkGradients(evaluate, feeds, ({ a, b }) => [
        g.softCrossEntropy(a, b),
        g.binaryCrossEntropyWithLogits(a, b),
        g.meanSquaredError(a, b),
      ]);
    }),
    RUNS,
  ));
