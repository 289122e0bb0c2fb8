import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";

export interface SettleDeps {
  readonly deliveries: DeliveryStore;
  readonly jobs: JobQueue;
  readonly clock: Clock;
}

/**
 * Marks messages as failed that wait for a job which has ended, so that they can be sent again: somebody cancelled it, or
 * its process was killed as often as it may be. O(messages that wait). @returns how many
 */
export async function settleDeliveries(
  { deliveries, jobs, clock }: SettleDeps,
  signal: AbortSignal,
): Promise<number> {
  let settled = 0;
  for (const { id, jobId } of await deliveries.waitingJobs()) {
    signal.throwIfAborted();
    const job = await jobs.get(jobId);
    if (job !== null && job.finishedAt === null) continue;
    const error = `its job has ended (${job?.state ?? "and is forgotten"}) before it was delivered`;
    if (await deliveries.giveUp(id, jobId, error, clock.now())) settled++;
  }
  return settled;
}
