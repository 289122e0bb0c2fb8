import type { SeededRandom } from "./seeded-random.ts";

/** Patches with the number of the picture that each comes from. */
export interface SampledPatches {
  /** `[count, dim]` row-major float32. */
  readonly data: Float32Array;
  readonly sources: Int32Array;
  readonly count: number;
}

/**
 * A uniform sample of at most `capacity` patches out of a stream of unknown length; all of them, in order, while
 * they fit. `capacity` Infinity keeps everything.
 *
 * Source: Vitter, Random sampling with a reservoir, 1985 (algorithm R).
 */
export class PatchReservoir {
  readonly #dim: number;
  readonly #capacity: number;
  readonly #random: SeededRandom;
  #seen = 0;
  #data: Float32Array;
  #sources: Int32Array;

  constructor(dim: number, capacity: number, random: SeededRandom) {
    this.#dim = dim;
    this.#capacity = capacity;
    this.#random = random;
    const room = Math.min(capacity, 1024);
    this.#data = new Float32Array(room * dim);
    this.#sources = new Int32Array(room);
  }

  get seen(): number {
    return this.#seen;
  }

  /** Offers the patches of one picture, `[n, dim]` row-major; they are copied. */
  offer(patches: Float32Array, source: number): void {
    const count = patches.length / this.#dim;
    this.#grow(Math.min(this.#capacity, this.#seen + count));
    for (let patch = 0; patch < count; patch++) {
      const slot = this.#seen < this.#capacity ? this.#seen : this.#random.below(this.#seen + 1);
      this.#seen++;
      if (slot >= this.#capacity) continue;
      this.#data.set(patches.subarray(patch * this.#dim, (patch + 1) * this.#dim), slot * this.#dim);
      this.#sources[slot] = source;
    }
  }

  /** The sample so far: views that the next `offer` may change. */
  sample(): SampledPatches {
    const count = Math.min(this.#seen, this.#capacity);
    return {
      count,
      data: this.#data.subarray(0, count * this.#dim),
      sources: this.#sources.subarray(0, count),
    };
  }

  #grow(needed: number): void {
    if (needed <= this.#sources.length) return;
    const room = Math.min(this.#capacity, Math.max(needed, 2 * this.#sources.length));
    const data = new Float32Array(room * this.#dim);
    data.set(this.#data);
    const sources = new Int32Array(room);
    sources.set(this.#sources);
    [this.#data, this.#sources] = [data, sources];
  }
}
