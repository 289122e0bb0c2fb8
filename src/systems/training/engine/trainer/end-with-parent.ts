import { Worker } from "node:worker_threads";
import { entryUrl } from "../../../../platform/lifecycle/entry-url.ts";

/**
 * From now on this process ends within a moment of its parent's end, however that came about and however long the main
 * thread is blocked: a step of a large model takes many seconds, and the next server already trains then. It ends at
 * once where the parent is gone before.
 *
 * @param parent its process
 */
export function endWithParent(parent: number): void {
  if (process.ppid !== parent) process.exit(1);
  const watch = new Worker(entryUrl("./parent-watch-thread", import.meta.url), {
    workerData: { parent },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  watch.unref();
}
