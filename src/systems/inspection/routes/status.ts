import * as contract from "../../../contracts/inspection/index.ts";
import type { Config } from "../../../platform/config/config.ts";
import type { Database } from "../../../platform/db/database.ts";
import { type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import type { Clock } from "../../../platform/ports.ts";
import { describeManifest, describeRoi } from "../actions/describe-roi.ts";
import { AUTO } from "../engine/choose-backbone.ts";
import type { InspectionEngine } from "../engine/port.ts";
import { presentManifest, presentRoi, presentState } from "../present.ts";
import { resolveRecipe, roiOf } from "../roi.ts";
import type { InspectionReader } from "../store/reader.ts";
import { listRois } from "../store/roi-list.ts";
import type { InspectionTables } from "../store/tables.ts";

export interface StatusDeps {
  readonly database: Database<InspectionTables>;
  readonly reader: InspectionReader;
  readonly settings: Config["inspection"];
  readonly engine: InspectionEngine;
  readonly clock: Clock;
  readonly version: string;
  readonly startedAt: number;
}

const MOST_ROIS = 10_000;

/** contracts/inspection.md "GET /health", "GET /manifest", "GET /state"; the manual's "/manifests/{role}/{roi}". */
export function statusRoutes({
  database,
  reader,
  settings,
  engine,
  clock,
  version,
  startedAt,
}: StatusDeps): BoundRoute[] {
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
      ...(await presentBackbone(engine, settings.engineId)),
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

    route(contract.listRois, async ({ requestId }) => ({
      status: "ok" as const,
      rois: (await listRois(database, MOST_ROIS)).map(presentRoi),
      request_id: requestId,
    })),

    route(contract.manifest, manifest),
    route(contract.manifestByPath, manifest),
  ];
}

/** What new memories are made with. */
async function presentBackbone(engine: InspectionEngine, wanted: string) {
  const backbones = await engine.backbones();
  const chosen = backbones.find(({ id, isInstalled }) => (wanted === AUTO ? isInstalled : id === wanted));
  if (chosen === undefined) return { model: wanted, backbone: wanted };
  const { id, description, isInstalled } = chosen;
  return {
    model: id,
    backbone: `${id}: ${description}${isInstalled ? "" : ", but its weights are missing"}`,
  };
}

type ManifestRequest = Pick<RouteRequest<typeof contract.manifest>, "input" | "headers" | "requestId">;
