import { setImmediate } from "node:timers/promises";

/** Small pieces of work between two turns of the event loop: a few milliseconds. */
const PIECES = 2000;

/** The items, one after the other, with turns for the event loop in between, one after so many. */
export async function* inTurns<T>(items: Iterable<T>, pieces = PIECES): AsyncGenerator<T> {
  let piece = 0;
  for (const item of items) {
    yield item;
    if (++piece % pieces === 0) await setImmediate();
  }
}
