/** What a job last said of itself. */
export interface Progress {
  /** 0..1 */
  readonly progress: number;
  readonly message: string | null;
}

/** Writes the newest progress at most once in `intervalMs`, however often it is reported. */
export class ProgressWriter {
  readonly #write: (progress: Progress) => Promise<void>;
  readonly #intervalMs: number;
  #newest: Progress | null = null;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | null = null;

  /** @param write must not reject */
  constructor(intervalMs: number, write: (progress: Progress) => Promise<void>) {
    this.#intervalMs = intervalMs;
    this.#write = write;
  }

  /** The first report is written at once. */
  report(progress: Progress): void {
    this.#newest = progress;
    if (!this.#timer) this.#writeAndRest();
  }

  /** Writes what has not been written yet, and stops. */
  async finish(): Promise<void> {
    await this.#writing;
    this.#flush();
    await this.#writing;
    clearTimeout(this.#timer);
  }

  #writeAndRest(): void {
    this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#newest) this.#writeAndRest();
    }, this.#intervalMs);
  }

  #flush(): void {
    const newest = this.#newest;
    if (!newest || this.#writing) return;
    this.#newest = null;
    this.#writing = this.#write(newest).finally(() => {
      this.#writing = null;
    });
  }
}
