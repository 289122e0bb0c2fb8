import { drift as contract } from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type DriftDeps, watchDrift } from "../drift/watch-drift.ts";
import { roiOf } from "../roi.ts";

/** `GET /drift`. */
export function driftRoutes(deps: DriftDeps): BoundRoute[] {
  return [
    route(contract, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const { model, calibration, drift, scores } = await watchDrift(deps, roi);
      return {
        state: drift?.state ?? ("no_reference" as const),
        causes: [...(drift?.causes ?? [])],
        n_scores: drift?.count ?? 0,
        n_ok_scores: drift?.okCount ?? 0,
        n_reference: drift?.referenceCount ?? 0,
        ks_distance: drift?.distance ?? null,
        ks_limit: drift?.distanceLimit ?? null,
        median_shift: drift?.medianShift ?? null,
        p95_shift: drift?.tailShift ?? null,
        alarm_share: drift?.alarmShare ?? null,
        threshold: calibration?.threshold ?? null,
        scores: [...scores].reverse(),
        role_id: roi.roleId,
        roi_id: roi.roiId,
        model_key: roi.modelKey,
        model_version: model?.version ?? null,
        request_id: requestId,
        recipe_id: roi.recipeId,
      };
    }),
  ];
}
