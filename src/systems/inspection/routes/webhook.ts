import * as contract from "../../../contracts/inspection/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { resolveRecipe } from "../roi.ts";
import type { DeliveryRecord } from "../store/delivery-store.ts";
import { type MessageDeps, tellAgain } from "../webhook/ng-messages.ts";

/** `GET /webhook_deliveries` and `POST /webhook_deliveries/{id}/retry`. */
export function webhookRoutes(deps: MessageDeps): BoundRoute[] {
  return [
    route(contract.listDeliveries, async ({ input, headers, requestId }) => ({
      configured: deps.webhook !== null,
      items: (await deps.deliveries.list(input.state ?? null, input.limit)).map(presentDelivery),
      request_id: requestId,
      recipe_id: resolveRecipe(undefined, headers["x-recipe-id"]),
    })),

    route(contract.retryDelivery, async ({ input, headers, requestId }) => {
      const recipeId = resolveRecipe(undefined, headers["x-recipe-id"]);
      if (!(await tellAgain(deps, input.id)))
        throw userError("not_found", 404, `There is no message ${input.id} that failed or was dropped`);
      return { status: "waiting" as const, request_id: requestId, recipe_id: recipeId };
    }),
  ];
}

function presentDelivery(record: DeliveryRecord) {
  const { roi, endedAt } = record;
  return {
    id: record.id,
    delivery_id: record.deliveryId,
    state: record.state,
    attempts: record.attempts,
    last_status: record.lastStatus,
    last_error: record.lastError,
    role_id: roi.roleId,
    roi_id: roi.roiId,
    model_key: roi.modelKey,
    recipe_id: roi.recipeId,
    created_at_utc: new Date(record.createdAt).toISOString(),
    ended_at_utc: endedAt === null ? null : new Date(endedAt).toISOString(),
    message: JSON.parse(record.body) as Record<string, unknown>,
  };
}
