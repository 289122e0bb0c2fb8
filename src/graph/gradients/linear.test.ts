import fc from "fast-check";
import { test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import { gemm, matMul } from "../index.ts";
import { checkGradients, scattered } from "../testing/check-gradients.ts";

const size = fc.integer({ min: 1, max: 4 });
const thin = fc.array(fc.boolean(), { minLength: 2, maxLength: 2 });

test("matrix products, batched and broadcast", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(size, { maxLength: 2 }),
      thin,
      thin,
      fc.integer({ min: 0, max: 2 }),
      fc.tuple(size, size, size),
      async (batch, thinA, thinB, dropped, [m, k, n]) => {
        const of = (flags: readonly boolean[]) => batch.map((length, axis) => (flags[axis] ? 1 : length));
        const feeds = {
          a: scattered([...of(thinA), m, k]),
          b: scattered([...of(thinB).slice(dropped), k, n], { seed: 2 }),
        };
        await checkGradients(evaluate, feeds, ({ a, b }) => matMul(a, b));
        await checkGradients(evaluate, { a: feeds.b, b: scattered([n, m]) }, ({ a, b }) => matMul(a, b));
      },
    ),
    { numRuns: 25, seed: 20261128 },
  ));

test("gemm, however its operands are stored", () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean() }),
      fc.constantFrom(1, 0.5),
      fc.constantFrom(1, -2),
      fc.tuple(size, size, size),
      fc.constantFrom("none", "row", "column", "scalar", "full"),
      async (options, alpha, beta, [m, k, n], addend) => {
        const shapes = { none: [], row: [n], column: [m, 1], scalar: [], full: [m, n] };
        const a = scattered(options.transposeA ? [k, m] : [m, k]);
        const b = scattered(options.transposeB ? [n, k] : [k, n], { seed: 2 });
        const all = { ...options, alpha, beta };
        if (addend === "none")
          await checkGradients(evaluate, { a, b }, (v) => gemm(v.a, v.b, undefined, all));
        else
          await checkGradients(evaluate, { a, b, c: scattered(shapes[addend]) }, (v) =>
            gemm(v.a, v.b, v.c, all),
          );
      },
    ),
    { numRuns: 25, seed: 20261128 },
  ));
