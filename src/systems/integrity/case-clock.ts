import type { Clock } from "../../platform/ports.ts";

/** Instants that are never given twice by one process: lists are ordered by them. */
export class CaseClock {
  readonly #clock: Clock;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds UTC. */
  next(): number {
    this.#last = Math.max(this.#clock.now(), this.#last + 1);
    return this.#last;
  }
}
