/** Numbers with a real and an imaginary part, side by side in two arrays. */
export interface ComplexPlane {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The Fourier transform of square planes of one size, in place. */
export class SquareFourier {
  readonly side: number;
  readonly #order: Uint32Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  /** @throws RangeError when the side is no power of two */
  constructor(side: number) {
    if (side < 2 || (side & (side - 1)) !== 0) throw new RangeError(`${side} is no power of two`);
    this.side = side;
    const bits = Math.log2(side);
    this.#order = Uint32Array.from({ length: side }, (_, index) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed = (reversed << 1) | ((index >> bit) & 1);
      return reversed;
    });
    this.#cos = Float64Array.from({ length: side / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / side));
    this.#sin = Float64Array.from({ length: side / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / side));
  }

  /** `[side, side]` row-major, unscaled: forward, then inverse, multiplies by side squared. O(side^2 log side). */
  transform({ re, im }: ComplexPlane, direction: "forward" | "inverse"): void {
    const sign = direction === "forward" ? -1 : 1;
    for (let row = 0; row < this.side; row++) this.#line(re, im, row * this.side, 1, sign);
    for (let column = 0; column < this.side; column++) this.#line(re, im, column, this.side, sign);
  }

  /** Cooley and Tukey's algorithm, radix 2, decimation in time. */
  #line(re: Float64Array, im: Float64Array, start: number, stride: number, sign: number): void {
    const { side } = this;
    const cosines = this.#cos;
    const sines = this.#sin;
    for (let index = 0; index < side; index++) {
      const other = this.#order[index]!;
      if (other <= index) continue;
      const a = start + index * stride;
      const b = start + other * stride;
      const keptRe = re[a]!;
      const keptIm = im[a]!;
      re[a] = re[b]!;
      im[a] = im[b]!;
      re[b] = keptRe;
      im[b] = keptIm;
    }
    for (let half = 1; half < side; half *= 2) {
      const step = side / (2 * half);
      for (let block = 0; block < side; block += 2 * half)
        for (let k = 0; k < half; k++) {
          const a = start + (block + k) * stride;
          const b = a + half * stride;
          const cos = cosines[k * step]!;
          const sin = sign * sines[k * step]!;
          const turnedRe = re[b]! * cos - im[b]! * sin;
          const turnedIm = re[b]! * sin + im[b]! * cos;
          re[b] = re[a]! - turnedRe;
          im[b] = im[a]! - turnedIm;
          re[a] = re[a]! + turnedRe;
          im[a] = im[a]! + turnedIm;
        }
    }
  }
}
