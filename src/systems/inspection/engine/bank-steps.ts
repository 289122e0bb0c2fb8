import { type SeededRandom, sampleWithoutReplacement } from "../../../algorithms/anomaly/seeded-random.ts";
import type { Whitening } from "../../../algorithms/anomaly/whitening.ts";
import { float32 } from "../../../graph/index.ts";
import { outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import { reachGraph, whitenGraph } from "./bank-graphs.ts";
import { chooseCentres } from "./choose-centres.ts";
import type { EngineTools } from "./inspect.ts";

/** Dimensions in which the bank's patches are chosen. */
const SKETCH_DIM = 32;
/** How many of the nearest patches of other pictures tell a bank patch's density. */
const DENSITY_NEAREST = 3;
/** Bounds of one run, so that cancelling stays quick. */
const WHITEN_ROWS = 4096;
const REACH_ROWS = 256;

/** What the steps of a fit work with. */
export interface BuildTools extends EngineTools {
  readonly random: SeededRandom;
  readonly signal?: AbortSignal;
}

/** Whitened patches, `[sources.length, dim]` row-major, with the numbers of their pictures. */
export interface Patches {
  readonly data: Float32Array;
  readonly dim: number;
  readonly sources: Int32Array;
}

/** Whitens patches `[n, dim]`, and projects them at random to the few dimensions in which the bank is chosen. */
export async function whiten(
  patches: Float32Array,
  { dim, kept, projection, offset }: Whitening,
  { runtime, models, random, signal }: BuildTools,
): Promise<{ whitened: Float32Array; sketched: Float32Array }> {
  const count = patches.length / dim;
  const whitened = new Float32Array(count * kept);
  const sketched = new Float32Array(count * SKETCH_DIM);
  const sketch = Float32Array.from(
    { length: kept * SKETCH_DIM },
    () => random.normal() / Math.sqrt(SKETCH_DIM),
  );
  for (let from = 0; from < count; from += WHITEN_ROWS) {
    const rows = Math.min(WHITEN_ROWS, count - from);
    const model = models.get(`whiten ${rows} ${dim} ${kept}`, () => whitenGraph(rows, dim, kept, SKETCH_DIM));
    const feeds = {
      patches: float32([rows, dim], patches.subarray(from * dim, (from + rows) * dim)),
      projection: float32([dim, kept], projection),
      offset: float32([kept], offset),
      sketch: float32([kept, SKETCH_DIM], sketch),
    };
    const outputs = await runtime.run(model, feeds, { signal });
    whitened.set(outputOf(outputs, "whitened", "float32").data, from * kept);
    sketched.set(outputOf(outputs, "sketched", "float32").data, from * SKETCH_DIM);
  }
  return { whitened, sketched };
}

/** Indices of the bank's patches among `[count, SKETCH_DIM]`, by greedy k-center (or at random). */
export async function chooseBank(
  sketched: Float32Array,
  size: number,
  tools: BuildTools,
): Promise<Int32Array> {
  if (tools.recipe.bank === "random")
    return sampleWithoutReplacement(sketched.length / SKETCH_DIM, size, tools.random);
  return chooseCentres(sketched, SKETCH_DIM, size, tools);
}

/** Mean distance of every bank patch to the nearest patches of other pictures in the sample. */
export async function measureReach(
  bank: Patches,
  sample: Patches,
  { runtime, models, signal }: BuildTools,
): Promise<Float32Array> {
  const { dim } = bank;
  const [size, count] = [bank.sources.length, sample.sources.length];
  const reach = new Float32Array(size);
  for (let from = 0; from < size; from += REACH_ROWS) {
    const rows = Math.min(REACH_ROWS, size - from);
    const model = models.get(`reach ${rows} ${count} ${dim}`, () =>
      reachGraph(rows, count, dim, DENSITY_NEAREST),
    );
    const feeds = {
      bank: float32([rows, dim], bank.data.subarray(from * dim, (from + rows) * dim)),
      bankSources: int32([rows, 1], bank.sources.subarray(from, from + rows)),
      sample: float32([count, dim], sample.data),
      sampleSources: int32([1, count], sample.sources),
    };
    reach.set(outputOf(await runtime.run(model, feeds, { signal }), "reach", "float32").data, from);
  }
  return reach;
}

/** Mean distance of a bank patch to its nearest neighbour in the bank: the unit where no density is known. */
export function spacing({ data, dim, sources }: Patches): number {
  // A few hundred rows tell it well enough.
  const step = Math.max(1, Math.floor(sources.length / 200));
  let [sum, count] = [0, 0];
  for (let row = 0; row < sources.length; row += step) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < sources.length; other++)
      if (other !== row) nearest = Math.min(nearest, distance(data, dim, row, other));
    if (Number.isFinite(nearest)) {
      sum += nearest;
      count++;
    }
  }
  return Math.max(1e-6, count === 0 ? 1 : sum / count);
}

/** The chosen rows, copied. */
export function rowsOf({ data, dim, sources }: Patches, chosen: Int32Array): Patches {
  const rows = new Float32Array(chosen.length * dim);
  chosen.forEach((row, at) => {
    rows.set(data.subarray(row * dim, (row + 1) * dim), at * dim);
  });
  return { data: rows, dim, sources: chosen.map((row) => sources[row] as number) };
}

function distance(data: Float32Array, dim: number, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0; axis < dim; axis++)
    sum += ((data[a * dim + axis] as number) - (data[b * dim + axis] as number)) ** 2;
  return Math.sqrt(sum);
}

function int32(shape: readonly number[], data: Int32Array) {
  return { type: "int32", shape, data } as const;
}
