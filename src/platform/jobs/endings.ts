/** A wait for one job's end; whoever stops waiting forgets it. */
export interface Ending {
  /** Resolves when the end is announced or the time to look again has come; rejects with the signal's reason. */
  readonly announced: Promise<void>;
  forget(): void;
}

/** Tells those who wait in this process that a job has ended; the rest look for themselves now and then. */
export class Endings {
  readonly #waiting = new Map<string, Set<() => void>>();

  announce(jobId: string): void {
    for (const wake of this.#waiting.get(jobId) ?? []) wake();
  }

  wait(jobId: string, lookAgainMs: number, signal?: AbortSignal): Ending {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wakers = this.#waiting.get(jobId) ?? new Set();
    const stop = () => {
      forget();
      reject(signal?.reason);
    };
    const wake = () => {
      forget();
      resolve();
    };
    const forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      wakers.delete(wake);
      if (wakers.size === 0) this.#waiting.delete(jobId);
    };
    const timer = setTimeout(wake, lookAgainMs);
    signal?.addEventListener("abort", stop, { once: true });
    this.#waiting.set(jobId, wakers.add(wake));
    promise.catch(() => undefined); // the abort may come while the job is being looked up
    return { announced: promise, forget };
  }
}
