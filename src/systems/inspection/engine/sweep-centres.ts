import { float32, int64Vector } from "../../../graph/index.ts";
import { outputOf } from "../../../ml/runtime/numeric-runtime.ts";
import { coresetGraph, FORBIDDEN } from "./bank-graphs.ts";
import type { ChoosingTools } from "./choose-centres.ts";

/** Bound of one run, so that cancelling stays quick. */
const CORESET_STEPS = 64;

/**
 * Indices of `size` rows of `[count, dim]` by greedy k-center, every distance computed: for points that stay near the
 * processor. O(size x count x dim) in the runtime.
 */
export async function sweepCentres(
  sketched: Float32Array,
  dim: number,
  size: number,
  { runtime, models, random, signal, onChosen }: ChoosingTools,
): Promise<Int32Array> {
  const count = sketched.length / dim;
  const steps = Math.min(size, CORESET_STEPS);
  const model = models.get(`coreset ${count} ${dim} ${steps}`, () => coresetGraph(count, dim, steps));
  const { points, norms } = columnsOf(sketched, count, dim);
  const chosen = new Int32Array(Math.ceil(size / steps) * steps);
  let nearest = float32([1, count], new Float32Array(count).fill(FORBIDDEN));
  let next = int64Vector([random.below(count)]);
  for (let from = 0; from < size; from += steps) {
    const outputs = await runtime.run(model, { points, norms, nearest, next }, { signal });
    chosen.set(Int32Array.from(outputOf(outputs, "chosen", "int64").data, Number), from);
    nearest = outputOf(outputs, "nearestAfter", "float32");
    next = outputOf(outputs, "nextAfter", "int64");
    onChosen?.(Math.min(1, (from + steps) / size));
  }
  return chosen.slice(0, size);
}

/** The points as columns, which the coreset graph reads in one sweep, and their squared norms. */
function columnsOf(sketched: Float32Array, count: number, dim: number) {
  const points = new Float32Array(sketched.length);
  const norms = new Float32Array(count);
  for (let point = 0; point < count; point++)
    for (let axis = 0; axis < dim; axis++) {
      const value = sketched[point * dim + axis] as number;
      points[axis * count + point] = value;
      norms[point] = (norms[point] as number) + value * value;
    }
  return { points: float32([dim, count], points), norms: float32([1, count], norms) };
}
