import * as contract from "../../../contracts/inspection/index.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type ExportDeps, exportBundle } from "../actions/export-bundle.ts";
import { importBundle } from "../actions/import-bundle.ts";
import { type ImportSiteDeps, importSiteMemory } from "../actions/import-site-memory.ts";
import { resolveRecipe, roiOf } from "../roi.ts";
import { doerOf } from "./doer-of.ts";
import { echoRoi } from "./echo-roi.ts";

/** Memories from elsewhere: a version as one file, out and in; those of the reference server. */
export function bundleRoutes(deps: ExportDeps & ImportSiteDeps): BoundRoute[] {
  return [
    route(contract.exportBundle, async ({ input, headers }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const { filename, content } = await exportBundle(deps, roi, input.version ?? null);
      const disposition = `attachment; filename="${filename}"`;
      return Answer.bytes("application/zip", content, { "content-disposition": disposition });
    }),

    route(contract.importBundle, async ({ input, files, headers, requestId, principal }) => {
      const header = headers["x-recipe-id"];
      resolveRecipe(input.recipe_id, header);
      const named = Boolean(input.recipe_id?.trim() || header);
      const { model, warnings } = await importBundle(
        deps,
        files.bundle[0]!.path,
        (from) =>
          roiOf(
            {
              role_id: input.role_id ?? from.role_id,
              roi_id: input.roi_id ?? from.roi_id,
              recipe_id: named ? input.recipe_id : from.recipe_id,
              // a model that goes to another ROI takes that one's key
              model_key: input.model_key ?? (input.roi_id === undefined ? from.model_key : undefined),
            },
            header,
          ),
        doerOf(input.operator_id, { principal, requestId }),
      );
      const calibration = await deps.calibrationReader.lastOf(model.roi, model.id);
      return {
        status: "ok" as const,
        model_version: model.version,
        backbone: model.engineId,
        n_images: model.sources.length,
        threshold: calibration?.threshold ?? null,
        warnings: [...warnings],
        ...echoRoi(model.roi, requestId),
      };
    }),

    route(contract.importMemory, async ({ input, files, headers, requestId, principal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const imported = await importSiteMemory(deps, {
        roi,
        path: files.memory[0]!.path,
        calibration: (await files.calibration[0]?.read()) ?? null,
        mmPerPx: input.mm_per_px ?? null,
        doer: doerOf(input.operator_id, { principal, requestId }),
      });
      const { model } = imported;
      return {
        status: "ok" as const,
        was_there: imported.wasThere,
        model_version: model.version,
        backbone: model.engineId,
        n_embeddings: model.embeddingCount,
        threshold: imported.threshold,
        warnings: [...imported.warnings],
        ...echoRoi(roi, requestId),
      };
    }),
  ];
}
