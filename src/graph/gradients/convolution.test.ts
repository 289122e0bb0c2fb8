import fc from "fast-check";
import { test } from "vitest";
import { evaluate } from "../../ml/runtime/compute.ts";
import { conv } from "../index.ts";
import { checkGradients, checkOrRefused, scattered } from "../testing/check-gradients.ts";

const small = (min: number, max: number) => fc.integer({ min, max });

test("any stride, padding, dilation and number of groups, by input, weight and bias", () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        strides: fc.tuple(small(1, 3), small(1, 3)),
        pads: fc.tuple(small(0, 2), small(0, 2), small(0, 2), small(0, 2)),
        dilations: fc.tuple(small(1, 2), small(1, 2)),
        groups: small(1, 3),
      }),
      fc.tuple(small(1, 3), small(1, 3)),
      fc.tuple(small(1, 2), small(1, 2), small(1, 2)),
      fc.tuple(small(1, 6), small(1, 6)),
      async (options, kernel, [batch, inputs, outputs], spatial) => {
        const feeds = {
          x: scattered([batch, inputs * options.groups, ...spatial]),
          weight: scattered([outputs * options.groups, inputs, ...kernel], { seed: 2 }),
          bias: scattered([outputs * options.groups]),
        };
        await checkOrRefused(evaluate, feeds, ({ x, weight, bias }) => conv(x, weight, { ...options, bias }));
      },
    ),
    { numRuns: 60, seed: 20261128 },
  ));

test.each([
  { name: "few channels", x: [2, 3, 5, 4], weight: [4, 3, 3, 3], pads: 1, strides: 1 },
  { name: "more channels than positions", x: [2, 17, 2, 2], weight: [18, 17, 3, 3], pads: 1, strides: 1 },
  { name: "many channels and positions", x: [2, 16, 6, 5], weight: [3, 16, 3, 3], pads: 1, strides: 2 },
  { name: "many positions", x: [1, 2, 23, 24], weight: [2, 2, 3, 2], pads: 1, strides: 1 },
  { name: "many positions, stride 2", x: [1, 2, 23, 24], weight: [2, 2, 3, 2], pads: 1, strides: 2 },
  {
    name: "more padding than the kernel reaches",
    x: [1, 1, 23, 23],
    weight: [1, 1, 2, 2],
    pads: 2,
    strides: 1,
  },
  { name: "pointwise", x: [2, 16, 3, 2], weight: [5, 16, 1, 1], pads: 0, strides: 1 },
  { name: "one spatial axis", x: [2, 2, 7], weight: [3, 2, 3], pads: 1, strides: 2 },
  { name: "three spatial axes", x: [1, 2, 3, 4, 3], weight: [2, 2, 2, 3, 2], pads: 1, strides: 2 },
])("$name", ({ x, weight, pads, strides }) =>
  checkGradients(evaluate, { x: scattered(x), weight: scattered(weight, { seed: 2 }) }, (v) =>
    conv(v.x, v.weight, { pads, strides }),
  ),
);
