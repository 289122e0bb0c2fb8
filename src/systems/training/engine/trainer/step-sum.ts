/** What one batch has given. */
export interface BatchOutcome {
  readonly pictures: number;
  /** Mean over the batch. */
  readonly loss: number;
  readonly correct: number;
  /** By parameter; they become the step's own. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** By buffer, those of the batch norms. */
  readonly statistics: readonly (readonly [string, Float32Array])[];
}

/** The batches of one optimiser step. Nothing of the run changes before all of them are there. */
export class StepSum {
  batches = 0;
  pictures = 0;
  correct = 0;
  /** Loss times pictures. */
  lossSum = 0;
  /** Those of every batch, in their order. */
  readonly statistics: (readonly [string, Float32Array])[] = [];
  readonly #gradients = new Map<string, Float32Array>();

  /** O(numbers of the gradients). */
  add({ pictures, loss, correct, gradients, statistics }: BatchOutcome): void {
    this.batches++;
    this.pictures += pictures;
    this.correct += correct;
    this.lossSum += loss * pictures;
    this.statistics.push(...statistics);
    for (const [name, values] of gradients) {
      const sum = this.#gradients.get(name);
      if (sum === undefined) this.#gradients.set(name, values);
      else for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (values[at] as number);
    }
  }

  /** Mean loss of its pictures. */
  get loss(): number {
    return this.lossSum / this.pictures;
  }

  /** The gradients' mean over the batches, in the arrays of the sum: to be asked for once. */
  meanGradients(): ReadonlyMap<string, Float32Array> {
    if (this.batches > 1)
      for (const values of this.#gradients.values())
        for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) / this.batches;
    return this.#gradients;
  }
}
