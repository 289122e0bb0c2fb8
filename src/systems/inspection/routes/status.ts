import * as contract from "../../../contracts/inspection/index.ts";
import type { Config } from "../../../platform/config/config.ts";
import { type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import type { Clock } from "../../../platform/ports.ts";
import { describeManifest, describeRoi } from "../actions/describe-roi.ts";
import { presentManifest, presentState } from "../present.ts";
import { resolveRecipe, roiOf } from "../roi.ts";
import type { InspectionReader } from "../store/reader.ts";

export interface StatusDeps {
  readonly reader: InspectionReader;
  readonly settings: Config["inspection"];
  readonly clock: Clock;
  readonly version: string;
  readonly startedAt: number;
}

/** contracts/inspection.md "GET /health", "GET /manifest", "GET /state"; the manual's "/manifests/{role}/{roi}". */
export function statusRoutes({ reader, settings, clock, version, startedAt }: StatusDeps): BoundRoute[] {
  const manifest = async ({ input, headers, requestId }: ManifestRequest) => {
    const roi = roiOf(input, headers["x-recipe-id"]);
    return {
      ...presentManifest(await describeManifest(reader, roi)),
      request_id: requestId,
      recipe_id: roi.recipeId,
    };
  };

  return [
    route(contract.health, async ({ headers, requestId }) => ({
      status: "ok" as const,
      device: "cpu",
      model: settings.engineId,
      backbone: `${settings.engineId}: built-in basic features`,
      version,
      request_id: requestId,
      recipe_id: resolveRecipe(undefined, headers["x-recipe-id"]),
      reason: "cuda_not_available",
      uptime_s: (clock.now() - startedAt) / 1_000,
      roles_loaded: await reader.rolesWithMemory(),
    })),

    route(contract.state, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      return {
        ...presentState(await describeRoi(reader, roi)),
        request_id: requestId,
        recipe_id: roi.recipeId,
      };
    }),

    route(contract.manifest, manifest),
    route(contract.manifestByPath, manifest),
  ];
}

type ManifestRequest = Pick<RouteRequest<typeof contract.manifest>, "input" | "headers" | "requestId">;
