/**
 * Exponential moving average of weights: `average = decay * average + (1 - decay) * weight`, as timm's ModelEmaV2 and
 * torch's AveragedModel with that avg_fn. Running statistics that are among the weights are averaged too, as timm does.
 */
export class MovingAverage {
  readonly #decay: number;
  readonly #averages: ReadonlyMap<string, Float32Array>;

  /**
   * @param decay in [0, 1)
   * @param weights where it begins; copied
   */
  constructor(decay: number, weights: ReadonlyMap<string, Float32Array>) {
    if (!(decay >= 0 && decay < 1)) throw new RangeError(`a decay lies in [0, 1): ${decay}`);
    this.#decay = decay;
    this.#averages = new Map([...weights].map(([name, values]) => [name, values.slice()]));
  }

  /** After an optimiser step. O(weights). @throws RangeError where weights are missing or of another size */
  update(weights: ReadonlyMap<string, Float32Array>): void {
    const kept = this.#decay;
    for (const [name, averages] of this.#averages) {
      const values = sameSize(name, averages, weights.get(name));
      for (let at = 0; at < averages.length; at++)
        averages[at] = (averages[at] as number) * kept + (values[at] as number) * (1 - kept);
    }
  }

  /** The live averages by name, all that it remembers: they change with the next update. */
  get weights(): ReadonlyMap<string, Float32Array> {
    return this.#averages;
  }

  /** Goes on from averages, which are copied. @throws RangeError where they are not of these weights */
  restore(stored: ReadonlyMap<string, Float32Array>): void {
    for (const [name, averages] of this.#averages) sameSize(name, averages, stored.get(name));
    for (const [name, averages] of this.#averages) averages.set(stored.get(name) as Float32Array);
  }
}

function sameSize(name: string, averages: Float32Array, values: Float32Array | undefined): Float32Array {
  if (values?.length === averages.length) return values;
  throw new RangeError(`${name}: ${averages.length} numbers are averaged, there are ${values?.length ?? 0}`);
}
