import { sampleWithoutReplacement, seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { float32 } from "../../src/graph/index.ts";
import type { NumericRuntime } from "../../src/ml/runtime/numeric-runtime.ts";
import { outputOf } from "../../src/ml/runtime/numeric-runtime.ts";
import { heatGraph } from "../../src/systems/inspection/engine/heat-graph.ts";
import type { Learner } from "./evaluate.ts";

/** Pixels to a cell. */
const CELL = 8;
/** Mean and deviation of red, green and blue. */
const DIM = 6;
const MEMORY = 1000;

/**
 * The least that an engine has to be better than: mean and deviation of the colours of cells of 8 x 8 pixels, distance
 * to the nearest of 1,000 random cells of good pictures, blurred as the engine does.
 */
export function colourLearner(runtime: NumericRuntime): Learner {
  return async (fit) => {
    const all = fit.map(cellsOf);
    const scale = Float32Array.from({ length: DIM }, (_, axis) => 1 / deviation(all, axis));
    const [first] = all;
    if (first === undefined) throw new RangeError("expected a picture");
    const perPicture = first.length / DIM;
    const chosen = sampleWithoutReplacement(all.length * perPicture, MEMORY, seededRandom(1));
    const memory = Array.from(chosen, (cell) => {
      const at = DIM * (cell % perPicture);
      return all[Math.floor(cell / perPicture)]!.subarray(at, at + DIM).map(
        (value, axis) => value * scale[axis]!,
      );
    });
    return async (picture) => {
      const [columns, rows] = [picture.width / CELL, picture.height / CELL];
      const cells = cellsOf(picture).map((value, at) => value * scale[at % DIM]!);
      const scores = Float32Array.from({ length: rows * columns }, (_, cell) =>
        nearest(memory, cells, DIM * cell),
      );
      const facts = { name: "colour", rows, columns, dim: DIM, components: DIM, weight: 1 };
      const middle = { width: picture.width / 2, height: picture.height / 2 };
      const outputs = await runtime.run(heatGraph([facts], middle, picture), {
        "colour.scores": float32([rows, columns], scores),
      });
      return {
        width: picture.width,
        height: picture.height,
        data: outputOf(outputs, "heat", "float32").data,
      };
    };
  };
}

function nearest(memory: readonly Float32Array[], cells: Float32Array, at: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const row of memory) {
    let sum = 0;
    for (let axis = 0; axis < DIM; axis++) sum += (row[axis]! - cells[at + axis]!) ** 2;
    least = Math.min(least, sum);
  }
  return Math.sqrt(least);
}

/** `[cells, DIM]` row-major. */
function cellsOf({ width, height, data }: Picture): Float32Array {
  const [columns, rows] = [Math.floor(width / CELL), Math.floor(height / CELL)];
  const found = new Float32Array(rows * columns * DIM);
  for (let cell = 0; cell < rows * columns; cell++)
    for (let channel = 0; channel < 3; channel++) {
      let [sum, squares] = [0, 0];
      for (let pixel = 0; pixel < CELL * CELL; pixel++) {
        const x = (cell % columns) * CELL + (pixel % CELL);
        const y = Math.floor(cell / columns) * CELL + Math.floor(pixel / CELL);
        const value = data[3 * (y * width + x) + channel]!;
        sum += value;
        squares += value * value;
      }
      const mean = sum / CELL ** 2;
      found[DIM * cell + channel] = mean;
      found[DIM * cell + 3 + channel] = Math.sqrt(Math.max(0, squares / CELL ** 2 - mean * mean));
    }
  return found;
}

function deviation(all: readonly Float32Array[], axis: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (const cells of all)
    for (let at = axis; at < cells.length; at += DIM) {
      sum += cells[at]!;
      squares += cells[at]! ** 2;
      count++;
    }
  return Math.sqrt(Math.max(1e-6, squares / count - (sum / count) ** 2));
}
