import * as contract from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type StartBatchDeps, startBatch } from "../actions/start-batch.ts";
import { stopBatch } from "../actions/stop-batch.ts";
import { actorOf } from "../actor.ts";
import { presentBatch, presentBatchItem } from "../present/batches.ts";
import type { BatchRecord } from "../store/batch-store.ts";

/** Many documents at once: spec/integrity.md section 3, "Around it". */
export function batchRoutes(deps: StartBatchDeps): BoundRoute[] {
  const { batches, jobs } = deps;

  const find = async (id: string): Promise<BatchRecord> => {
    const batch = await batches.findBatch(id);
    if (batch === null) throw userError("batch_not_found", 404, "Batch not found");
    return batch;
  };
  const summary = async (batch: BatchRecord) => {
    const [counts, job] = await Promise.all([batches.countItems(batch.id), jobs.get(batch.jobId)]);
    return presentBatch(batch, counts, job);
  };

  return [
    route(contract.analyzeBatch, async ({ input, headers, principal }) => {
      const key = headers["idempotency-key"];
      const batch = await startBatch(deps, {
        documents: input.documentos,
        idempotencyKey: typeof key === "string" && key !== "" ? key : null,
        actor: actorOf(principal),
      });
      return new Answer(202, { status: "success", batch: await summary(batch) });
    }),

    route(contract.getBatch, async ({ input }) => {
      const batch = await find(input.batch_id);
      const limit = Math.min(input.limit, contract.LIMITS.listed);
      const shown = await summary(batch);
      const items = await batches.listItems(batch.id, input.offset, limit);
      return {
        status: "success" as const,
        batch: shown,
        items: items.map((item) => presentBatchItem(item, shown.state)),
      };
    }),

    route(contract.cancelBatch, async ({ input }) => {
      const batch = await find(input.batch_id);
      const cancelled = await stopBatch(deps, batch);
      return { status: "success" as const, batch_id: batch.id, cancelled };
    }),
  ];
}
