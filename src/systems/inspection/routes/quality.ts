import * as contract from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { Clock } from "../../../platform/ports.ts";
import { presentQualityReference } from "../present-quality.ts";
import { type Roi, roiOf } from "../roi.ts";
import type { QualityStore } from "../store/quality-store.ts";
import type { InspectionReader } from "../store/reader.ts";
import { doerOf } from "./doer-of.ts";

export interface QualityDeps {
  readonly reader: InspectionReader;
  readonly qualities: QualityStore;
  readonly clock: Clock;
}

/** `GET` and `POST /quality_gate`. */
export function qualityRoutes(deps: QualityDeps): BoundRoute[] {
  return [
    route(contract.qualityGate, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      return { ...(await describeGate(deps, roi)), request_id: requestId, recipe_id: roi.recipeId };
    }),

    route(contract.setQualityGate, async ({ input, headers, requestId, principal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const doer = doerOf(input.operator_id, { principal, requestId });
      await deps.qualities.setGate(roi, input.on_poor, doer, deps.clock.now());
      return { ...(await describeGate(deps, roi)), request_id: requestId, recipe_id: roi.recipeId };
    }),
  ];
}

async function describeGate({ reader, qualities }: QualityDeps, roi: Roi) {
  const [gate, model] = await Promise.all([qualities.findGate(roi), reader.findModel(roi)]);
  return {
    on_poor: gate?.onPoor ?? ("warn" as const),
    reference: presentQualityReference(model === null ? null : await qualities.reference(model.id)),
    role_id: roi.roleId,
    roi_id: roi.roiId,
    model_key: roi.modelKey,
    model_version: model?.version ?? null,
    operator_id: gate?.operatorId ?? null,
    updated_at_utc: gate === null ? null : new Date(gate.updatedAt).toISOString(),
  };
}
