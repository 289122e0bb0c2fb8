import { workerData } from "node:worker_threads";

/*
 * Entry of the thread that ends the process, and whatever it has started, once its parent is gone. The system gives an
 * orphan another parent at once; nothing else tells of it while the main thread computes.
 */

const LOOK_EVERY_MS = 200;
const { parent } = workerData as { readonly parent: number };

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL"); // it leads no group
  }
}, LOOK_EVERY_MS);
