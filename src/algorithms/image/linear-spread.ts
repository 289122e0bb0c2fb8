/** Rows are outputs: `[outputs, inputs]` row-major. */
export interface Spread {
  readonly outputs: number;
  readonly inputs: number;
  readonly data: Float32Array;
}

/** Where the Gaussian's window ends, in sigmas. */
const TRUNCATE = 4;

/**
 * Linear interpolation between the centres of cells; beyond the outermost centres their value holds.
 * @param centreOf the place of an output among the inputs, whose centres lie at 0, 1, 2, ...
 */
export function linearSpread(inputs: number, outputs: number, centreOf: (output: number) => number): Spread {
  const data = new Float32Array(outputs * inputs);
  for (let output = 0; output < outputs; output++) {
    const centre = Math.min(inputs - 1, Math.max(0, centreOf(output)));
    const below = Math.floor(centre);
    const above = Math.min(inputs - 1, below + 1);
    const row = output * inputs;
    data[row + below] = (data[row + below] ?? 0) + 1 - (centre - below);
    data[row + above] = (data[row + above] ?? 0) + centre - below;
  }
  return { outputs, inputs, data };
}

/** Gaussian blur along the outputs, the border itself repeated in the mirror. O(outputs x inputs x sigma). */
export function blurred({ outputs, inputs, data }: Spread, sigma: number): Spread {
  const reach = Math.round(TRUNCATE * sigma);
  const taps = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  const soft = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++)
    taps.forEach((tap, at) => {
      const from = mirrored(output + at - reach, outputs) * inputs;
      for (let input = 0; input < inputs; input++) {
        const cell = output * inputs + input;
        soft[cell] = (soft[cell] ?? 0) + (tap / sum) * (data[from + input] ?? 0);
      }
    });
  return { outputs, inputs, data: soft };
}

/** ... 2 1 0 | 0 1 2 ... last | last ... */
function mirrored(at: number, size: number): number {
  const period = 2 * size;
  const place = ((at % period) + period) % period;
  return place < size ? place : period - 1 - place;
}
