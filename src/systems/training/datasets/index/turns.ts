import { setImmediate } from "node:timers/promises";

/** Pieces of work between two turns of the event loop: a few milliseconds. */
const PIECES = 2000;

/** The items, one after the other, with turns for the event loop in between. */
export async function* inTurns<T>(items: Iterable<T>): AsyncGenerator<T> {
  let piece = 0;
  for (const item of items) {
    yield item;
    if (++piece % PIECES === 0) await setImmediate();
  }
}
