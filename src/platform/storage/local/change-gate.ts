/**
 * Lets changes of existing files through, except while somebody holds them back. One key changes at a time, so
 * that what was replaced is known exactly.
 */
export class ChangeGate {
  readonly #tails = new Map<string, Promise<unknown>>();
  #holders = 0;
  #passing = 0;
  #opened = Promise.withResolvers<void>();
  #quiet: PromiseWithResolvers<void> | null = null;

  /** Runs `work` when the earlier work on the same key has ended. */
  async oneAtATime<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key);
    const run = before ? before.then(work, work) : work();
    this.#tails.set(key, run);
    try {
      return await run;
    } finally {
      if (this.#tails.get(key) === run) this.#tails.delete(key);
    }
  }

  /** Runs a change of an existing file, once nobody holds changes back. */
  async pass<Result>(change: () => Promise<Result>): Promise<Result> {
    while (this.#holders > 0) await this.#opened.promise;
    this.#passing++;
    try {
      return await change();
    } finally {
      this.#passing--;
      if (this.#passing === 0) this.#quiet?.resolve();
    }
  }

  /** Runs `work` while no existing file changes; several holders may overlap. */
  async hold<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#holders++ === 0) this.#opened = Promise.withResolvers();
    try {
      await this.#untilQuiet();
      return await work();
    } finally {
      this.#holders--;
      if (this.#holders === 0) this.#opened.resolve();
    }
  }

  async #untilQuiet(): Promise<void> {
    if (this.#passing === 0) return;
    this.#quiet ??= Promise.withResolvers();
    await this.#quiet.promise;
    this.#quiet = null; // nothing passes again before the last holder has gone
  }
}
