import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../platform/ports.ts";
import type { ScoreRecord, ScoreStore } from "../store/score-store.ts";

const EVERY_MS = 2_000;
const AT_ONCE = 200;
const MOST_WAITING = 5_000;

/**
 * Collects scores and writes them together, so that no inspection waits for a transaction: a kill loses those of the last
 * two seconds, which no statistic misses.
 */
export class ScoreRecorder {
  readonly #store: ScoreStore;
  readonly #log: Log;
  #waiting: ScoreRecord[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: ScoreStore, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  record(score: ScoreRecord): void {
    this.#waiting.push(score);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift(); // the database has been away for long
    if (this.#waiting.length % AT_ONCE === 0) void this.flush();
    this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  /** Writes what waits; never throws. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  async #write(): Promise<void> {
    const scores = this.#waiting.splice(0);
    if (scores.length === 0) return;
    try {
      await this.#store.add(scores);
    } catch (error) {
      this.#log.warn({ scores: scores.length, reason: messageOf(error) }, "scores for drift were lost");
    }
  }
}
