import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { MAX_AT_ONCE, MAX_WAITING, READING_LIMITS, type ReadingLimits } from "./limits.ts";
import type { DocumentReader, ReadDocument } from "./port.ts";
import { readInProcess } from "./reading-process.ts";
import { busy } from "./refusals.ts";

/** Reads each document in a process of its own, two at once; the others wait in the order of arrival. */
export class ChildDocumentReader implements DocumentReader {
  readonly #limits: ReadingLimits;
  readonly #closing = new AbortController();
  readonly #waiting: { readonly begin: () => void }[] = [];
  readonly #running = new Set<Promise<unknown>>();
  #free = MAX_AT_ONCE;

  /** @param limits other ones only in tests. */
  constructor(limits: Partial<ReadingLimits> = {}) {
    this.#limits = { ...READING_LIMITS, ...limits };
  }

  async read(path: string, filename: string, signal?: AbortSignal): Promise<ReadDocument> {
    const ending = this.#closing.signal;
    const either = signal === undefined ? ending : AbortSignal.any([signal, ending]);
    await this.#turn(either);
    const reading = readInProcess({ path, filename }, this.#limits, either);
    this.#running.add(reading);
    try {
      return await reading;
    } finally {
      this.#running.delete(reading);
      this.#pass();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(closedError());
    await Promise.allSettled(this.#running);
  }

  /** Resolves when it is this one's turn. */
  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) throw busy();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const place = { begin: resolve };
    this.#waiting.push(place);
    const leave = () => {
      const at = this.#waiting.indexOf(place);
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave);
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  /** Hands the place of one that is done to the next. */
  #pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next.begin();
  }
}

function closedError(): QuatrainError {
  return new QuatrainError("The server is shutting down: try again in a moment.", {
    code: "documents_unavailable",
    status: 503,
  });
}
