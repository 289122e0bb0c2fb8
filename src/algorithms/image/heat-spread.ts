/** Rows are outputs: `[outputs, inputs]` row-major. */
export interface Spread {
  readonly outputs: number;
  readonly inputs: number;
  readonly data: Float32Array;
}

/** Sigma of the heat's blur at the middle scale. */
const SIGMA = 4;
/** Where the Gaussian's window ends, in sigmas. */
const TRUNCATE = 4;

/**
 * How one axis of a grid of scores becomes one axis of the heat: linear upsampling to the middle scale (224 for a
 * square picture), Gaussian blur with sigma 4 and mirrored borders, linear resampling to the picture's pixels. All
 * three are linear, so one matrix does them at once: `heat = rows scores columns^T`.
 * O(outputs x inputs + middle^2 inputs).
 *
 * @param cells of this grid along the axis.
 * @param middle pixels of the middle scale along the axis.
 */
export function heatSpread(cells: number, middle: number, pixels: number): Spread {
  return product(resampling(middle, pixels), product(gaussian(middle), resampling(cells, middle)));
}

/** Linear interpolation between the centres of cells; beyond the outermost centres their value holds. */
function resampling(inputs: number, outputs: number): Spread {
  const data = new Float32Array(outputs * inputs);
  for (let output = 0; output < outputs; output++) {
    const centre = Math.min(inputs - 1, Math.max(0, ((output + 0.5) * inputs) / outputs - 0.5));
    const below = Math.floor(centre);
    const above = Math.min(inputs - 1, below + 1);
    const row = output * inputs;
    data[row + below] = (data[row + below] ?? 0) + 1 - (centre - below);
    data[row + above] = (data[row + above] ?? 0) + centre - below;
  }
  return { outputs, inputs, data };
}

function gaussian(size: number): Spread {
  const reach = Math.round(TRUNCATE * SIGMA);
  const taps = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  const data = new Float32Array(size * size);
  for (let output = 0; output < size; output++)
    taps.forEach((tap, at) => {
      const cell = output * size + mirrored(output + at - reach, size);
      data[cell] = (data[cell] ?? 0) + tap / sum;
    });
  return { outputs: size, inputs: size, data };
}

/** ... 2 1 0 | 0 1 2 ... last | last ... : the border itself is repeated. */
function mirrored(at: number, size: number): number {
  const period = 2 * size;
  const place = ((at % period) + period) % period;
  return place < size ? place : period - 1 - place;
}

/** Both are sparse or small: zeros are skipped. */
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
