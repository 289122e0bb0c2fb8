interface Waiting {
  readonly weight: number;
  begin(): void;
}

/**
 * Bounds what work in progress may take together: each piece has a weight, the sum stays within the capacity.
 * First come, first served; a piece heavier than the whole capacity runs alone.
 */
export class WeightedSemaphore {
  readonly #capacity: number;
  #taken = 0;
  #queue: Waiting[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Runs `work` once there is room for it. @throws the signal's reason when it is aborted while waiting */
  async hold<Result>(weight: number, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const needed = Math.min(weight, this.#capacity);
    await this.#enter(needed, signal);
    try {
      return await work();
    } finally {
      this.#taken -= needed;
      this.#admit();
    }
  }

  #enter(weight: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const leave = () => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(signal?.reason);
        this.#admit();
      };
      const waiting = {
        weight,
        begin: () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#queue.push(waiting);
      this.#admit();
    });
  }

  #admit(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.#taken + next.weight > this.#capacity) return;
      this.#queue.shift();
      this.#taken += next.weight;
      next.begin();
    }
  }
}
