import { setTimeout as delay } from "node:timers/promises";

/** Without a Retry-After a register that had enough is left alone for so long, and never longer than the other. */
const DEFAULT_SILENCE_MS = 60_000;
const LONGEST_SILENCE_MS = 3_600_000;

/** Lets so many requests through at once, and none while the register asked for silence. */
export class RequestGate {
  readonly #most: number;
  #running = 0;
  #silentUntil = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws the signal's reason */
  async run<Result>(task: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
    await this.#enter(signal);
    try {
      return await task();
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** What a 429 or 503 said about when to come back: seconds or a date. */
  silence(retryAfter: string | null): void {
    this.#silentUntil = Math.max(this.#silentUntil, performance.now() + silenceMs(retryAfter));
  }

  /**
   * Waits until the register may be asked again; false at once where that is after the deadline.
   * @throws the signal's reason
   */
  async isOpen({ deadline = 0, signal }: { deadline?: number; signal?: AbortSignal }): Promise<boolean> {
    const wait = this.#silentUntil - performance.now();
    if (wait <= 0) return true;
    if (this.#silentUntil > deadline) return false;
    await delay(wait, undefined, { signal });
    return true;
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running >= this.#most) await this.#turn(signal);
    this.#running++;
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      const at = this.#waiting.indexOf(enter);
      if (at >= 0) this.#waiting.splice(at, 1);
      reject(signal?.reason);
    };
    const enter = () => {
      signal?.removeEventListener("abort", leave);
      resolve();
    };
    this.#waiting.push(enter);
    signal?.addEventListener("abort", leave, { once: true });
    return promise;
  }
}

function silenceMs(retryAfter: string | null): number {
  const text = retryAfter?.trim() ?? "";
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? DEFAULT_SILENCE_MS : Math.min(Math.max(ms, 0), LONGEST_SILENCE_MS);
}
