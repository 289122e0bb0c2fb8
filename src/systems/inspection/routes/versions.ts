import * as contract from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import {
  deleteVersion,
  findVersion,
  listVersions,
  rollBack,
  type VersionDeps,
} from "../actions/manage-versions.ts";
import {
  presentComparison,
  presentRollback,
  presentVersion,
  presentVersionWithPictures,
} from "../present-versions.ts";
import { roiOf } from "../roi.ts";
import { doerOf } from "./doer-of.ts";
import { echoRoi } from "./echo-roi.ts";

/** Versions of a ROI's memory: list, show, compare, roll back, delete. */
export function versionRoutes(deps: VersionDeps): BoundRoute[] {
  return [
    route(contract.listVersions, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const versions = await listVersions(deps, roi, input.limit, input.before);
      return { status: "ok" as const, items: versions.map(presentVersion), ...echoRoi(roi, requestId) };
    }),

    route(contract.showVersion, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const version = await findVersion(deps, roi, input.version);
      return { ...presentVersionWithPictures(version), ...echoRoi(roi, requestId) };
    }),

    route(contract.compareVersions, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const [a, b] = [await findVersion(deps, roi, input.a), await findVersion(deps, roi, input.b)];
      return { ...presentComparison(a, b), ...echoRoi(roi, requestId) };
    }),

    route(contract.rollback, async ({ input, headers, requestId, principal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const doer = doerOf(input.operator_id, { principal, requestId });
      const done = await rollBack(deps, { roi, version: input.version, note: input.note ?? null, doer });
      return { ...presentRollback(done), ...echoRoi(roi, requestId) };
    }),

    route(contract.deleteVersion, async ({ input, headers, requestId, principal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const doer = doerOf(input.operator_id, { principal, requestId });
      const deleted = await deleteVersion(deps, roi, input.version, doer);
      return { deleted, version: input.version, ...echoRoi(roi, requestId) };
    }),
  ];
}
