import { blurred, linearSpread, type Spread } from "./linear-spread.ts";

/** Sigma of the heat's blur at the middle scale. */
const SIGMA = 4;

/**
 * How one axis of a grid of scores becomes one axis of the heat: linear upsampling to the middle scale (224 for a
 * square picture), Gaussian blur with sigma 4 and mirrored borders, linear resampling to the picture's pixels. All
 * three are linear, so one matrix does them at once: `heat = rows scores columns^T`.
 * O(outputs x inputs + middle x inputs).
 *
 * @param cells of this grid along the axis.
 * @param middle pixels of the middle scale along the axis.
 */
export function heatSpread(cells: number, middle: number, pixels: number): Spread {
  return product(resampling(middle, pixels), blurred(resampling(cells, middle), SIGMA));
}

function resampling(inputs: number, outputs: number): Spread {
  return linearSpread(inputs, outputs, (output) => ((output + 0.5) * inputs) / outputs - 0.5);
}

/** The first is sparse: zeros are skipped. */
function product(a: Spread, b: Spread): Spread {
  const data = new Float32Array(a.outputs * b.inputs);
  for (let row = 0; row < a.outputs; row++)
    for (let middle = 0; middle < a.inputs; middle++) {
      const weight = a.data[row * a.inputs + middle] as number;
      if (weight === 0) continue;
      for (let column = 0; column < b.inputs; column++) {
        const at = row * b.inputs + column;
        data[at] = (data[at] as number) + weight * (b.data[middle * b.inputs + column] as number);
      }
    }
  return { outputs: a.outputs, inputs: b.inputs, data };
}
