import { setTimeout as wait } from "node:timers/promises";
import { PassingFault } from "./outside-http.ts";

export interface RetryOptions {
  /** After the first time. */
  readonly retries: number;
  /** Before the second time; doubled before each further one. */
  readonly pauseMs: number;
  readonly signal: AbortSignal;
  /** Told before each further time. */
  onRetry?(fault: PassingFault): void;
}

/**
 * Does the work again while it fails for a reason that may pass.
 * @throws the last PassingFault, any other failure at once, the signal's reason
 */
export async function retryPassing<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  let pauseMs = options.pauseMs;
  for (let left = options.retries; ; left--) {
    try {
      return await work();
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof PassingFault) || left <= 0) throw error;
      options.onRetry?.(error);
    }
    await pause(pauseMs, options.signal);
    pauseMs *= 2;
  }
}

/** @throws the signal's reason */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
