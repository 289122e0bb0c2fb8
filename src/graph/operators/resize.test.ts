import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compute } from "../../ml/runtime/compute.ts";
import { float32, GraphBuilder, resize } from "../index.ts";

interface Vectors {
  readonly source: string;
  readonly size: [number, number];
  readonly picture: number[];
  readonly cases: {
    mode: "linear" | "cubic";
    antialias: boolean;
    size: [number, number];
    values: number[];
  }[];
}

/** Made by tests/vectors/regenerate-resize.py. */
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/resize.json", import.meta.url), "utf8"),
);
const X = float32([1, 1, ...vectors.size], vectors.picture);

test.each(vectors.cases)("agrees with torch: $mode, antialias $antialias, to $size", async (vector) => {
  const { mode, antialias, size, values } = vector;
  // Without antialias torch keeps OpenCV's coefficient.
  const cubicCoefficient = antialias ? -0.5 : -0.75;
  const y = await compute({ x: X }, ({ x }) => resize(x, size, { mode, antialias, cubicCoefficient }));
  const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - Number(y.data[i]))), 0);
  expect(worst).toBeLessThan(2e-5);
});

test("nearest repeats pixels", async () => {
  const x = float32([1, 1, 1, 2], [1, 2]);
  const y = await compute({ x }, (v) => resize(v.x, [2, 4], { mode: "nearest" }));
  expect(y).toEqual(float32([1, 1, 2, 4], [1, 1, 2, 2, 1, 1, 2, 2]));
});

test("only pictures are resized, and nearest has nothing to antialias", () => {
  const graph = new GraphBuilder("refused");
  const x = graph.input("x", "float32", [3, 4, 4]);
  const picture = graph.input("picture", "float32", [1, 3, 4, 4]);
  expect(() => resize(x, [2, 2], { mode: "linear" })).toThrow("expected [n, channels, height, width]");
  expect(() => resize(picture, [2, 2], { mode: "nearest", antialias: true })).toThrow("linear or cubic");
});
