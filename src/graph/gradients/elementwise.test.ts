import fc from "fast-check";
import { test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import type { Value } from "../index.ts";
import * as g from "../index.ts";
import { checkGradients, scattered } from "../testing/check-gradients.ts";

const SIGNED: readonly [name: string, (x: Value) => Value][] = [
  ["neg", g.neg],
  ["abs", g.abs],
  ["exp", g.exp],
  ["relu", g.relu],
  ["sigmoid", g.sigmoid],
  ["tanh", g.tanh],
  ["erf", g.erf],
  ["gelu", g.gelu],
  ["silu", g.silu],
  ["clip", (x) => g.clip(x, -0.125, 0.0625)],
  ["a cast to doubles and back", (x) => g.cast(g.exp(g.cast(x, "float64")), "float32")],
  ["a value used twice", (x) => g.mul(x, g.exp(x))],
];

test.each(SIGNED)("%s", (_name, of) => checkGradients(evaluate, { x: scattered([3, 7]) }, ({ x }) => of(x)));

test.each([
  ["sqrt", g.sqrt],
  ["log", g.log],
] as const)("%s", (_name, of) =>
  checkGradients(evaluate, { x: scattered([3, 7], { positive: true }) }, ({ x }) => of(x)),
);

const BINARY = [
  ["add", g.add],
  ["sub", g.sub],
  ["mul", g.mul],
  ["div", g.div],
  ["pow", g.pow],
  ["max", g.max],
  ["min", g.min],
] as const;
const size = fc.integer({ min: 1, max: 3 });

test.each(BINARY)("%s, whatever was broadcast", (_name, of) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(size, { maxLength: 3 }),
      fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 3, maxLength: 3 }),
      fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()),
      async (shape, thin, [dropped, swapped]) => {
        const a = shape.map((length, axis) => (thin[axis]?.[0] ? 1 : length));
        const b = shape.map((length, axis) => (thin[axis]?.[1] ? 1 : length)).slice(dropped);
        const feeds = { a: scattered(a, { positive: true }), b: apart(b) };
        await checkGradients(evaluate, feeds, (v) => (swapped ? of(v.b, v.a) : of(v.a, v.b)));
      },
    ),
    { numRuns: 15, seed: 20261128 },
  ),
);

/** Positive, and never equal to the other operand's. */
function apart(shape: readonly number[]) {
  const { data } = scattered(shape, { positive: true, seed: 5 });
  return { shape, data: data.map((value) => value + 1 / 256) };
}

test("a plain number as an operand", () =>
  checkGradients(evaluate, { x: scattered([5], { positive: true }) }, ({ x }) => [
    g.pow(x, 3),
    g.pow(2, x),
    g.sub(1, x),
    g.div(1, x),
    g.max(x, 0.53),
  ]));

test("where, by both choices, broadcast", () =>
  checkGradients(evaluate, { a: scattered([3, 1]), b: scattered([4]), c: scattered([3, 4]) }, ({ a, b, c }) =>
    g.where(g.greater(c, 0), g.mul(a, c), b),
  ));
