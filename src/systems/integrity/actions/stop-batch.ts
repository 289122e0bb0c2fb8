import type { BatchRecord } from "../store/batch-store.ts";
import type { StartBatchDeps } from "./start-batch.ts";

/**
 * Stops a batch; documents that wait are not kept, cases that are done stay.
 * @returns false where it had ended
 */
export async function stopBatch(
  { jobs, batches }: Pick<StartBatchDeps, "jobs" | "batches">,
  batch: BatchRecord,
): Promise<boolean> {
  const cancelled = await jobs.cancel(batch.jobId);
  if (cancelled) await batches.dropQueued(batch.id);
  return cancelled;
}
