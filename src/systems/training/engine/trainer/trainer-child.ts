import { constants, setPriority } from "node:os";
import { endWithParent } from "./end-with-parent.ts";
import { failureEvent } from "./failures.ts";
import { openProcessLink } from "./server-link.ts";
import { train } from "./train.ts";

/**
 * Entry of a trainer: a process of its own, which trains in its main thread. It knows the server by its channel only,
 * and ends when that closes.
 */
const link = openProcessLink(process);
endWithParent(); // in the middle of a step, too
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
