import { describe, expect, it } from "vitest";
import { drawnDinoFile } from "../../../../tests/support/drawn-dinov2.ts";
import { hashedNumbers } from "../../../../tests/support/hashed-numbers.ts";
import reference from "../../../../tests/vectors/dinov2.json" with { type: "json" };
import { evaluate } from "../../runtime/compute.ts";
import { outputOf } from "../../runtime/numeric-runtime.ts";
import { DINOV2_MODELS, tokenDim } from "./configuration.ts";
import { resamplePositions } from "./position-embedding.ts";
import { readDinoWeights } from "./read-weights.ts";
import { tokenGraph } from "./token-graph.ts";

describe("the graph answers what torch answers, to 1e-4:", () => {
  it.each(reference.cases)("$name", async ({ configuration: stored, batch, width, height, tokens }) => {
    const configuration = { id: "drawn", ...stored };
    const weights = readDinoWeights(drawnDinoFile(configuration), configuration);
    const model = tokenGraph(configuration, weights, { batch, width, height });
    const shape = [batch, height, width, 3];
    const data = Uint8Array.from(
      hashedNumbers(0, batch * height * width * 3, (uniform) => Math.floor((uniform + 1) * 127.99)),
    );
    const outputs = await evaluate(model, { pictures: { type: "uint8", shape, data } });
    const found = outputOf(outputs, "tokens", "float32");
    expect(found.shape).toEqual([batch, (height * width) / 14 ** 2, tokenDim(configuration)]);
    expect(found.data.length).toBe(tokens.length);
    const worst = Math.max(...tokens.map((token, at) => Math.abs(token - (found.data[at] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-4);
  });
});

it("knows the published sizes with and without registers", () => {
  expect(
    DINOV2_MODELS.map(({ id, dim, heads, depth, registers, taps }) => [
      id,
      dim,
      heads,
      depth,
      registers,
      taps,
    ]),
  ).toEqual([
    ["vit_small_patch14_dinov2", 384, 6, 12, 0, [9, 10, 11]],
    ["vit_small_patch14_reg4_dinov2", 384, 6, 12, 4, [9, 10, 11]],
    ["vit_base_patch14_dinov2", 768, 12, 12, 0, [9, 10, 11]],
    ["vit_base_patch14_reg4_dinov2", 768, 12, 12, 4, [9, 10, 11]],
    ["vit_large_patch14_dinov2", 1024, 16, 24, 0, [21, 22, 23]],
    ["vit_large_patch14_reg4_dinov2", 1024, 16, 24, 4, [21, 22, 23]],
  ]);
});

it("leaves flat positions flat on every grid, and the trained grid as it is", () => {
  const dim = 2;
  const flat = new Float32Array(25 * dim).fill(0.75);
  for (const [rows, columns] of [
    [1, 1],
    [3, 9],
    [32, 7],
  ] as const)
    expect(resamplePositions(flat, 5, { rows, columns, dim })).toEqual(
      new Float32Array(rows * columns * dim).fill(0.75),
    );
  const own = hashedNumbers(1, 25 * dim, (uniform) => uniform);
  expect(resamplePositions(own, 5, { rows: 5, columns: 5, dim })).toEqual(own);
});
