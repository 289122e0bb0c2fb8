import { messageOf } from "../errors/quatrain-error.ts";
import type { Log } from "../ports.ts";

/** What was opened, to be closed in the reverse order; one that fails does not keep the others open. */
export class Closers {
  readonly #closers: { readonly name: string; close(): unknown }[] = [];

  add(name: string, close: () => unknown): void {
    this.#closers.push({ name, close });
  }

  /** Closes everything once; calling it again does nothing. */
  async closeAll(log: Log): Promise<void> {
    for (const { name, close } of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ closing: name, err: error, reason: messageOf(error) }, "could not be closed cleanly");
      }
    }
  }
}
