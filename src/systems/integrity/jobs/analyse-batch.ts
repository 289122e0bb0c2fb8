import { z } from "zod";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { JobContext, JobDefinition } from "../../../platform/jobs/job-queue.ts";
import type { Log } from "../../../platform/ports.ts";
import { type AddCaseDeps, addCase } from "../actions/add-case.ts";
import { BATCH_JOB, type BatchPlan } from "../actions/start-batch.ts";
import type { BatchStore, QueuedItem } from "../store/batch-store.ts";
import type { Submission } from "../submission.ts";

const Payload: z.ZodType<BatchPlan> = z.object({ batchId: z.string(), actor: z.string() });

export interface AnalyseBatchDeps extends AddCaseDeps {
  readonly batches: BatchStore;
  readonly log: Log;
}

/** A server may be killed as often as it likes while the batch gets on: what is bounded is one document's part in it. */
const MOST_ATTEMPTS = 100_000;
const MOST_BEGINNINGS = 20;

/** Another attempt has stored this document's case: ours is rolled back. */
class Overtaken extends Error {}

/**
 * Analyses the documents of a batch one by one. Each case is stored in the transaction that ticks its document off: a
 * job that is killed goes on where it stopped, and no document becomes two cases.
 */
export function analyseBatchJob(deps: AnalyseBatchDeps): JobDefinition<BatchPlan> {
  return {
    kind: BATCH_JOB,
    payload: Payload,
    maxAttempts: MOST_ATTEMPTS,
    concurrency: 1,
    async run(context, plan) {
      const { total } = (await deps.batches.findBatch(plan.batchId)) ?? { total: 0 };
      for (;;) {
        context.signal.throwIfAborted();
        const next = await deps.batches.nextQueued(plan.batchId);
        if (next === null) break;
        await analyseOne(deps, context, plan, next);
        context.progress((next.position + 1) / total, `${next.position + 1} of ${total}`);
      }
      return { batch_id: plan.batchId, ...(await deps.batches.countItems(plan.batchId)) };
    },
  };
}

async function analyseOne(
  deps: AnalyseBatchDeps,
  { signal }: JobContext,
  { batchId, actor }: BatchPlan,
  { position, begun, submission }: QueuedItem,
): Promise<void> {
  if (begun >= MOST_BEGINNINGS) {
    await deps.batches.markFailed(
      batchId,
      position,
      "The server ended each time it was analysed",
      "INTERRUPTED",
    );
    return;
  }
  await deps.batches.markBegun(batchId, position);
  try {
    await addCase(
      deps,
      {
        submission: submission as Submission,
        actor,
        also: (caseId) => async (tx) => {
          if (!(await deps.batches.markDone(tx, batchId, position, caseId))) throw new Overtaken();
        },
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Overtaken) return;
    // one bad document fails alone; a fault of ours is for the next attempt
    if (!(error instanceof QuatrainError) || error.status >= 500 || error.status === 429) throw error;
    await deps.batches.markFailed(batchId, position, error.message, error.code.toUpperCase());
  }
}
