import type { Plane } from "../picture.ts";
import { type ComplexPlane, SquareFourier } from "./fourier.ts";

/** Where a picture lies relative to another one. */
export interface Offset {
  /** Pixels to the right and downwards; fractions count. */
  readonly dx: number;
  readonly dy: number;
  /** How clear the match is: 1 for the same picture, about 0 for pictures without anything in common. */
  readonly response: number;
}

/** The half of the match's surroundings that is weighed: 5 x 5 pixels, as OpenCV's. */
const REACH = 2;

/** Compares square planes of one size; remembers nothing between two calls. */
export class PhaseCorrelation {
  readonly #fourier: SquareFourier;
  readonly #window: Float64Array;

  /** @throws RangeError when the side is no power of two */
  constructor(side: number) {
    this.#fourier = new SquareFourier(side);
    const hann = Array.from(
      { length: side },
      (_, at) => 0.5 * (1 - Math.cos((2 * Math.PI * at) / (side - 1))),
    );
    this.#window = Float64Array.from({ length: side * side }, (_, at) =>
      Math.sqrt(hann[at % side]! * hann[Math.floor(at / side)]!),
    );
  }

  /** A plane's spectrum under a Hann window: what `offset` compares. */
  spectrum({ data }: Plane): ComplexPlane {
    const window = this.#window;
    const re = new Float64Array(data.length);
    for (let at = 0; at < re.length; at++) re[at] = data[at]! * window[at]!;
    const spectrum = { re, im: new Float64Array(re.length) };
    this.#fourier.transform(spectrum, "forward");
    return spectrum;
  }

  /**
   * How far the second picture is moved against the first: the peak of the inverse transform of the cross-power
   * spectrum, its centre weighed over 5 x 5 pixels. The same numbers as OpenCV's `phaseCorrelate` with
   * `createHanningWindow`. O(pixels log side).
   * Source: Kuglin and Hines, The phase correlation image alignment method, 1975.
   */
  offset(first: ComplexPlane, second: ComplexPlane): Offset {
    const { side } = this.#fourier;
    const peaks = crossPower(first, second);
    this.#fourier.transform(peaks, "inverse");
    let best = 0;
    for (let at = 1; at < peaks.re.length; at++) if (peaks.re[at]! > peaks.re[best]!) best = at;
    // the surroundings of the peak, cut off where the shifted plane (zero in its middle) ends
    const half = side / 2;
    const shifted = (index: number) => (index + half) % side;
    const [column, row] = [shifted(best % side), shifted(Math.floor(best / side))];
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let y = Math.max(0, row - REACH); y <= Math.min(side - 1, row + REACH); y++)
      for (let x = Math.max(0, column - REACH); x <= Math.min(side - 1, column + REACH); x++) {
        const value = peaks.re[shifted(y) * side + shifted(x)]!;
        sum += value;
        sumX += x * value;
        sumY += y * value;
      }
    const total = sum + Number.EPSILON;
    return { dx: half - sumX / total, dy: half - sumY / total, response: sum / (side * side) };
  }
}

/** Each frequency's phase difference, of length 1; 0 where one of the two has nothing to say. */
function crossPower(first: ComplexPlane, second: ComplexPlane): ComplexPlane {
  const re = new Float64Array(first.re.length);
  const im = new Float64Array(first.re.length);
  for (let at = 0; at < re.length; at++) {
    const a = first.re[at]!;
    const b = first.im[at]!;
    const c = second.re[at]!;
    const d = second.im[at]!;
    const real = a * c + b * d;
    const imaginary = b * c - a * d;
    const length = Math.sqrt(real * real + imaginary * imaginary);
    if (length === 0) continue;
    re[at] = real / length;
    im[at] = imaginary / length;
  }
  return { re, im };
}
