import { setImmediate } from "node:timers/promises";
import { userError } from "../../../platform/errors/quatrain-error.ts";

/**
 * Lets the event loop breathe between slices of work on its own thread, and notices an abort.
 * @throws QuatrainError `cancelled` (499) after an abort.
 */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw userError("cancelled", 499, "The fit was cancelled.");
}
