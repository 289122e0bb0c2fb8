/**
 * Shares memory out among tasks that run side by side: one that needs more than is left waits, in the order of asking.
 * Whoever needs more than there is at all gets all of it alone.
 */
export class MemoryBudget {
  readonly #most: number;
  readonly #waiting: { readonly amount: number; readonly enter: () => void }[] = [];
  #used = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Does the work once there is room for it. */
  async while<Result>(amount: number, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(amount);
    try {
      return await work();
    } finally {
      this.#used -= amount;
      this.#admit();
    }
  }

  async #enter(amount: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ amount, enter: resolve });
    this.#admit();
    await promise;
  }

  #admit(): void {
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      if (this.#used > 0 && this.#used + next.amount > this.#most) return;
      this.#used += next.amount;
      this.#waiting.shift();
      next.enter();
    }
  }
}

/** Of files that are held whole: thousands of usual ones, two of the largest that are taken by default. */
const FILE_BYTES = 128 * 2 ** 20;
/** 3 bytes each, and the decoder's own: about 200 MB. */
const PIXELS = 40_000_000;

/** What all requests of this process that bring files may hold together, however many come at once. */
export const REQUEST_MEMORY = {
  /** In bytes. */
  files: new MemoryBudget(FILE_BYTES),
  /** In pixels. Asked for within a turn of `files`, never around one: nobody waits for a turn that waits for his. */
  pictures: new MemoryBudget(PIXELS),
} as const;
