/** Wakes whoever waits for news of a job of this process; those of other processes are looked for now and then. */
export class LivePulse {
  readonly #waiting = new Map<number, Set<() => void>>();

  /** Something was written about the job. */
  beat(jobId: number): void {
    const waiting = this.#waiting.get(jobId);
    this.#waiting.delete(jobId);
    for (const wake of waiting ?? []) wake();
  }

  /** Resolves with the next beat, after `atMostMs`, or when the signal is aborted: then look. */
  async next(jobId: number, atMostMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(jobId) ?? new Set();
    this.#waiting.set(jobId, waiting.add(resolve));
    const timer = setTimeout(resolve, atMostMs);
    const wake = () => resolve();
    signal?.addEventListener("abort", wake);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake); // a signal may outlive thousands of waits
      waiting.delete(resolve);
      if (waiting.size === 0 && this.#waiting.get(jobId) === waiting) this.#waiting.delete(jobId);
    }
  }
}
