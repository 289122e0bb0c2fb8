import { expect, test } from "vitest";
import { computeAll } from "../../ml/runtime/compute.ts";
import { conv, convTranspose, float32, GraphBuilder, mul, reduceSum } from "../index.ts";

/** Small whole numbers in a fixed but irregular order: sums are exact in float32. */
function drawn(shape: readonly number[], seed: number) {
  const count = shape.reduce((product, size) => product * size, 1);
  return float32(
    shape,
    Float32Array.from({ length: count }, (_, index) => ((index * 7919 + seed * 104729) % 13) - 6),
  );
}

test.each([
  { strides: 1, pads: 1, dilations: 1, groups: 1 },
  { strides: 2, pads: [1, 0, 0, 1], dilations: 1, groups: 2 },
  { strides: 3, pads: 2, dilations: 2, groups: 1 },
])("it is the convolution's transpose as a linear map: %o", async (options) => {
  const feeds = { x: drawn([2, 4, 8, 7], 1), weight: drawn([6, 4 / options.groups, 3, 2], 2) };
  const [forth, back] = await computeAll(feeds, ({ x, weight }, graph) => {
    const mapped = conv(x, weight, options);
    const y = graph.constant(drawn(mapped.shape, 3));
    const returned = convTranspose(y, weight, { ...options, spatial: [8, 7] });
    return [reduceSum(mul(mapped, y)), reduceSum(mul(x, returned))];
  });
  expect(forth).toEqual(back);
  expect(forth?.data[0]).not.toBe(0);
});

test("spatial sizes that the convolution takes elsewhere, and weights and groups that do not fit, are refused", () => {
  const graph = new GraphBuilder("refused");
  const x = graph.input("x", "float32", [1, 4, 3, 3]);
  const weight = graph.input("weight", "float32", [4, 2, 3, 3]);
  expect(() => convTranspose(x, weight, { spatial: [6, 6] })).toThrow(
    "expected spatial sizes that the convolution takes to [3,3], got [6,6]",
  );
  expect(() => convTranspose(x, weight, { spatial: [5, 5], groups: 3 })).toThrow(
    "expected groups that divide 4 channels, got 3",
  );
  const other = graph.input("other", "float32", [6, 2, 3, 3]);
  expect(() => convTranspose(x, other, { spatial: [5, 5] })).toThrow("expected a weight of [4,2,3,3]");
});
