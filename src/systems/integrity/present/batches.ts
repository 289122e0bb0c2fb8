import type { z } from "zod";
import type { BatchSummary, getBatch, Level } from "../../../contracts/integrity/index.ts";
import type { JobRecord } from "../../../platform/jobs/job-queue.ts";
import { contractInstant } from "../instants.ts";
import type { BatchCounts, BatchItem, BatchRecord } from "../store/batch-store.ts";

type ShownBatch = z.output<typeof BatchSummary>;
type ShownItem = z.output<(typeof getBatch.responses)[200]["schema"]>["items"][number];

/** A job that was purged had ended. */
export function presentBatch(batch: BatchRecord, counts: BatchCounts, job: JobRecord | null): ShownBatch {
  return {
    batch_id: batch.id,
    job_id: batch.jobId,
    state: job?.state ?? "completed",
    total: batch.total,
    done: counts.done,
    failed: counts.failed,
    created_at: contractInstant(batch.createdAt),
  };
}

/** Documents that a stopped batch will not analyse any more are not waiting. */
export function presentBatchItem(item: BatchItem, batch: ShownBatch["state"]): ShownItem {
  const hasStopped = batch === "cancelled" || batch === "failed";
  return {
    position: item.position,
    state: item.state === "queued" && hasStopped ? "cancelled" : item.state,
    case_id: item.caseId,
    overall_score: item.overall,
    overall_level: item.level as Level | null,
    error: item.error,
    code: item.code,
  };
}
