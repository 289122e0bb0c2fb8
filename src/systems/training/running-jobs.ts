/** The jobs that this process trains, and how to ask them to stop. */
export class RunningJobs {
  readonly #stops = new Map<number, AbortController>();

  /** Runs `work` with a signal that `askToStop` aborts. */
  async while<Result>(jobId: number, work: (stop: AbortController) => Promise<Result>): Promise<Result> {
    const stop = new AbortController();
    this.#stops.set(jobId, stop);
    try {
      return await work(stop);
    } finally {
      this.#stops.delete(jobId);
    }
  }

  /** Does nothing where another process trains it: that one looks at the row. */
  askToStop(jobId: number): void {
    this.#stops.get(jobId)?.abort();
  }

  get count(): number {
    return this.#stops.size;
  }
}
