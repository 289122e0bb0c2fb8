import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../algorithms/anomaly/seeded-random.ts";
import { float32, int64Vector } from "../../../graph/index.ts";
import { outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import { openThreadRuntime } from "../../../ml/runtime/thread-runtime.ts";
import { coresetGraph, FORBIDDEN, reachGraph } from "./bank-graphs.ts";

const runtime = openThreadRuntime();
afterAll(() => runtime.close());

const [COUNT, DIM] = [300, 4];
const random = seededRandom(5);
const rows = Array.from({ length: COUNT }, () => Array.from({ length: DIM }, random.normal));
const squared = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, axis) => sum + (value - (b[axis] ?? 0)) ** 2, 0);

function plainGreedy(size: number, first: number): number[] {
  const nearest = new Array<number>(COUNT).fill(Number.POSITIVE_INFINITY);
  const chosen: number[] = [];
  for (let next = first; chosen.length < size; next = nearest.indexOf(Math.max(...nearest))) {
    chosen.push(next);
    rows.forEach((row, at) => {
      nearest[at] = Math.min(nearest[at] as number, squared(row, rows[next] as number[]));
    });
  }
  return chosen;
}

describe("coresetGraph", () => {
  it("chooses what the plain algorithm chooses, over several runs", async () => {
    const model = coresetGraph(COUNT, DIM, 10);
    const points = float32(
      [DIM, COUNT],
      Array.from({ length: DIM }, (_, axis) => rows.map((row) => row[axis] ?? 0)).flat(),
    );
    const norms = float32(
      [1, COUNT],
      rows.map((row) => squared(row, [])),
    );
    let nearest = float32([1, COUNT], new Float32Array(COUNT).fill(FORBIDDEN));
    let next = int64Vector([17]);
    const chosen: number[] = [];
    for (let run = 0; run < 4; run++) {
      const outputs = await runtime.run(model, { points, norms, nearest, next });
      chosen.push(...Array.from(outputOf(outputs, "chosen", "int64").data, Number));
      nearest = outputOf(outputs, "nearestAfter", "float32");
      next = outputOf(outputs, "nextAfter", "int64");
    }
    expect(chosen).toEqual(plainGreedy(40, 17));
  });
});

describe("reachGraph", () => {
  it("averages the distances to the nearest patches of other pictures only", async () => {
    const sources = rows.map((_, at) => at % 3);
    const outputs = await runtime.run(reachGraph(COUNT, COUNT, DIM, 3), {
      bank: float32([COUNT, DIM], rows.flat()),
      sample: float32([COUNT, DIM], rows.flat()),
      bankSources: { type: "int32", shape: [COUNT, 1], data: Int32Array.from(sources) },
      sampleSources: { type: "int32", shape: [1, COUNT], data: Int32Array.from(sources) },
    });
    const reach = outputOf(outputs, "reach", "float32").data;
    rows.forEach((row, at) => {
      const others = rows.filter((_, other) => sources[other] !== sources[at]);
      const distances = others.map((other) => Math.sqrt(squared(row, other))).sort((a, b) => a - b);
      const mean = distances.slice(0, 3).reduce((sum, distance) => sum + distance, 0) / 3;
      expect(reach[at]).toBeCloseTo(mean, 3);
    });
  });
});
