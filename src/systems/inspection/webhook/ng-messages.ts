import type { Database } from "../../../platform/db/database.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Clock, Ids, Log } from "../../../platform/ports.ts";
import type { Inference } from "../actions/infer-roi.ts";
import type { Roi } from "../roi.ts";
import type { DeliveryStore } from "../store/delivery-store.ts";
import type { WebhookTarget } from "./send-signed.ts";

/** The kind of job that delivers one message; `jobs/deliver-message.ts` does it. */
export const DELIVER_JOB = "inspection.deliver-message";

export interface MessageDeps {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly deliveries: DeliveryStore;
  /** Null: nobody wants to be told. */
  readonly webhook: WebhookTarget | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

export interface InferenceContext {
  readonly roi: Roi;
  readonly mmPerPx: number;
  readonly requestId: string;
  readonly operatorId: string | null;
}

const MOST_REGIONS = 20;

/**
 * Tells the webhook of an ng picture: the message and its job are durable when this resolves, and whatever the webhook
 * does, nobody waits for it. Does nothing for other decisions.
 */
export async function tellOfNg(
  deps: MessageDeps,
  inference: Inference,
  context: InferenceContext,
): Promise<void> {
  if (deps.webhook === null || inference.decision !== "ng") return;
  const { database, jobs, deliveries, clock, ids, log } = deps;
  const deliveryId = ids.uuid();
  const createdAt = clock.now();
  const body = JSON.stringify(messageOfNg(inference, context, deliveryId, createdAt));
  await database.transaction(async (tx) => {
    const id = await deliveries.add(tx, { deliveryId, roi: context.roi, body, createdAt });
    if (id === null) log.warn({ deliveryId }, "too many messages wait for the webhook: this one was dropped");
    else await deliveries.setJob(tx, id, await jobs.enqueue(tx, DELIVER_JOB, { id }));
  });
}

/** Sends a message that failed or was dropped once more. @returns false when there is no such one */
export async function tellAgain({ database, jobs, deliveries }: MessageDeps, id: number): Promise<boolean> {
  return database.transaction(async (tx) => {
    if (!(await deliveries.revive(tx, id))) return false;
    await deliveries.setJob(tx, id, await jobs.enqueue(tx, DELIVER_JOB, { id }));
    return true;
  });
}

function messageOfNg(
  { model, calibration, score, regions, quality, warnings }: Inference,
  { roi, mmPerPx, requestId, operatorId }: InferenceContext,
  deliveryId: string,
  createdAt: number,
) {
  return {
    event: "inspection.ng",
    id: deliveryId,
    created_at_utc: new Date(createdAt).toISOString(),
    request_id: requestId,
    operator_id: operatorId,
    recipe_id: roi.recipeId,
    role_id: roi.roleId,
    roi_id: roi.roiId,
    model_key: roi.modelKey,
    model_version: model.version,
    decision: "ng",
    score,
    threshold: calibration?.threshold ?? null,
    mm_per_px: mmPerPx,
    n_regions: regions.length,
    regions: regions
      .slice(0, MOST_REGIONS)
      .map(({ x, y, w, h, areaMm2 }) => ({ bbox: [x, y, w, h], area_mm2: areaMm2 })),
    quality: quality === null ? null : { verdict: quality.verdict, reasons: quality.reasons },
    warnings,
  };
}
