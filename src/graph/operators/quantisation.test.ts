import { expect, it } from "vitest";
import { compute, computeAll } from "../../ml/runtime/compute.ts";
import { float32, GraphBuilder } from "../index.ts";
import { dynamicQuantize, matMulInteger } from "./quantisation.ts";

const x = float32([2, 3], [-1, 0.5, 2, 0, 0.25, -0.75]);

it("gives bytes that stand for the numbers to half a step", async () => {
  const [bytes, scale, zero] = await computeAll({ x }, (inputs) => {
    const made = dynamicQuantize(inputs.x);
    return [made.bytes, made.scale, made.zero];
  });
  const [step, origin] = [Number(scale?.data[0]), Number(zero?.data[0])];
  expect(step).toBeCloseTo(3 / 255, 6);
  x.data.forEach((value, at) => {
    expect(Math.abs(step * (Number(bytes?.data[at]) - origin) - value)).toBeLessThanOrEqual(step / 2 + 1e-6);
  });
});

it("multiplies bytes, less their zero, with small integers exactly", async () => {
  const b = { type: "int8" as const, shape: [3, 2], data: Int8Array.of(1, -63, 63, 2, -5, 0) };
  const a = { type: "uint8" as const, shape: [2, 3], data: Uint8Array.of(0, 255, 128, 7, 100, 50) };
  const zero = { type: "uint8" as const, shape: [], data: Uint8Array.of(100) };
  const product = await compute({ a, b, zero }, (inputs) => matMulInteger(inputs.a, inputs.b, inputs.zero));
  const expected = [0, 1].flatMap((row) =>
    [0, 1].map((column) =>
      [0, 1, 2].reduce(
        (sum, at) => sum + ((a.data[row * 3 + at] ?? 0) - 100) * (b.data[at * 2 + column] ?? 0),
        0,
      ),
    ),
  );
  expect(product).toMatchObject({ type: "int32", shape: [2, 2] });
  expect([...product.data].map(Number)).toEqual(expected);
});

it("refuses other types and sizes", () => {
  const graph = new GraphBuilder("refused");
  const bytes = graph.input("bytes", "uint8", [2, 3]);
  const zero = graph.input("zero", "uint8", []);
  expect(() => dynamicQuantize(bytes)).toThrow(/float32/);
  expect(() => matMulInteger(bytes, graph.input("b", "int8", [2, 3]), zero)).toThrow(/\[\.\.\., m, k\]/);
  expect(() => matMulInteger(bytes, bytes, zero)).toThrow(/int8/);
});
