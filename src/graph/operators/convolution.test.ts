import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import { conv, float32, GraphBuilder, type TensorOf } from "../index.ts";

interface Case {
  readonly groups: number;
  readonly stride: number;
  readonly pad: number;
  readonly dilation: number;
}

/** Small whole numbers in a fixed but irregular order, so that sums are exact in float32. */
function drawn(shape: readonly number[], seed: number): TensorOf<"float32"> {
  const count = shape.reduce((product, size) => product * size, 1);
  return float32(
    shape,
    Float32Array.from({ length: count }, (_, i) => ((i * 7919 + seed * 104729) % 13) - 6),
  );
}

/** The definition, written out: x [1, in, 7, 6], weight [out, in / groups, 3, 2]. */
function reference(
  x: TensorOf<"float32">,
  weight: TensorOf<"float32">,
  { groups, stride, pad, dilation }: Case,
) {
  const [, inputs = 0, height = 0, width = 0] = x.shape;
  const [outputs = 0, perGroup = 0, kh = 0, kw = 0] = weight.shape;
  const outHeight = Math.floor((height + 2 * pad - dilation * (kh - 1) - 1) / stride) + 1;
  const outWidth = Math.floor((width + 2 * pad - dilation * (kw - 1) - 1) / stride) + 1;
  const y: number[] = [];
  for (let o = 0; o < outputs; o++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++) {
        let sum = 0;
        for (let c = 0; c < perGroup; c++)
          for (let u = 0; u < kh; u++)
            for (let v = 0; v < kw; v++) {
              const channel = Math.floor(o / (outputs / groups)) * (inputs / groups) + c;
              const [i, j] = [row * stride - pad + u * dilation, column * stride - pad + v * dilation];
              if (i < 0 || j < 0 || i >= height || j >= width) continue;
              const tap = weight.data[((o * perGroup + c) * kh + u) * kw + v] ?? 0;
              sum += tap * (x.data[(channel * height + i) * width + j] ?? 0);
            }
        y.push(sum);
      }
  return float32([1, outputs, outHeight, outWidth], y);
}

const CASES: readonly Case[] = [
  { groups: 1, stride: 1, pad: 0, dilation: 1 },
  { groups: 2, stride: 1, pad: 1, dilation: 1 },
  { groups: 4, stride: 2, pad: 2, dilation: 2 },
];

test.each(CASES)("conv follows its definition: %o", async (options) => {
  const x = drawn([1, 4, 7, 6], 1);
  const weight = drawn([8, 4 / options.groups, 3, 2], 2);
  const { groups, stride, pad, dilation } = options;
  const y = await compute({ x, weight }, (values) =>
    conv(values.x, values.weight, { groups, strides: stride, pads: pad, dilations: dilation }),
  );
  expect(y).toEqual(reference(x, weight, options));
});

test("a bias is added to every position, and pads may differ by side", async () => {
  const x = float32([1, 1, 1, 3], [1, 2, 3]);
  const feeds = { x, weight: float32([1, 1, 1, 2], [1, 10]), bias: float32([1], [100]) };
  const y = await compute(feeds, (v) => conv(v.x, v.weight, { bias: v.bias, pads: [0, 2, 0, 0] }));
  expect(y).toEqual(float32([1, 1, 1, 4], [100, 110, 121, 132]));
});

test("groups, kernels and biases that do not fit are refused", () => {
  const graph = new GraphBuilder("refused");
  const x = graph.input("x", "float32", [1, 4, 5, 5]);
  const weight = graph.input("weight", "float32", [6, 4, 3, 3]);
  const large = graph.input("large", "float32", [6, 4, 6, 1]);
  const bias = graph.input("bias", "float32", [5]);
  expect(() => conv(x, weight, { groups: 4 })).toThrow("expected groups that divide 4 and 6 channels, got 4");
  expect(() => conv(x, weight, { bias })).toThrow("expected a bias of [6], got [5]");
  expect(() => conv(x, large)).toThrow("expected a window within [5,5] and its pads, got a reach of 6");
  expect(() => conv(x, weight, { strides: [1, 0] })).toThrow("expected 2 strides of at least 1, got [1,0]");
});
