import { constants, setPriority } from "node:os";
import { failureEvent } from "./failures.ts";
import { openProcessLink } from "./server-link.ts";
import { train } from "./train.ts";

/** Trains in the main thread of this process what its channel says, and ends the process. */
export async function trainAsTold(): Promise<never> {
  const link = openProcessLink(process);
  // Whoever asks the server something goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

  const task = await link.task;
  try {
    link.tell(await train(task, link));
  } catch (error) {
    link.tell(failureEvent(error, null));
  }
  await link.flushed();
  process.exit(0);
}
