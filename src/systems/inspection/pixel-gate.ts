/**
 * Lets work on pictures through as long as they have not too many pixels together, in the order of arrival: memory
 * is bounded by pixels, not by the number of requests. A picture that is larger than the gate passes alone.
 */
export class PixelGate {
  readonly #maxPixels: number;
  readonly #waiting: { pixels: number; enter: () => void }[] = [];
  #inside = 0;
  #pictures = 0;

  constructor(maxPixels: number) {
    this.#maxPixels = maxPixels;
  }

  /** Does the work once there is room for so many pixels. */
  async pass<Result>(pixels: number, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ pixels, enter });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#inside -= pixels;
      this.#pictures--;
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#pictures > 0 && this.#inside + next.pixels > this.#maxPixels) return;
      this.#waiting.shift();
      this.#inside += next.pixels;
      this.#pictures++;
      next.enter();
    }
  }
}
