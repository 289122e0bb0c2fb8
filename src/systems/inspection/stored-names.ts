import type { Clock } from "../../platform/ports.ts";

/** Names of stored pictures: `YYYYMMDD-HHMMSS-ffffff<ext>`, UTC, never twice the same in one process. */
export class StoredNames {
  readonly #clock: Clock;
  #lastMicros = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `extension` with its dot. */
  next(extension: string): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, this.#clock.now() * 1_000);
    const [date, time] = new Date(Math.floor(this.#lastMicros / 1_000)).toISOString().split("T") as [
      string,
      string,
    ];
    const micros = String(this.#lastMicros % 1_000_000).padStart(6, "0");
    return `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${micros}${extension}`;
  }
}
