import { fitOk } from "../../../contracts/inspection/index.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { FitRequest } from "../actions/plan-fit.ts";
import { fitLater, fitNow, type StartFitDeps } from "../actions/start-fit.ts";
import { presentFit } from "../present.ts";
import { roiOf } from "../roi.ts";
import { doerOf } from "./doer-of.ts";

/** contracts/inspection.md "POST /fit_ok". The plain call blocks; `async=1` answers with a job. */
export function fitRoutes(deps: StartFitDeps): BoundRoute[] {
  return [
    route(fitOk, async ({ input, files, headers, requestId, principal, stopping }) => {
      const startedAt = deps.clock.now();
      const roi = roiOf(input, headers["x-recipe-id"]);
      const echo = { request_id: requestId, recipe_id: roi.recipeId };
      const request: FitRequest = {
        roi,
        mmPerPx: input.mm_per_px,
        keepEverything: input.memory_fit,
        detail: input.detail,
        useDataset: input.use_dataset,
        append: input.mode === "append",
        uploads: files.images,
        doer: doerOf(input.operator_id, { principal, requestId }),
        backbone: input.backbone,
      };
      if (input.async) {
        return new Answer(202, { status: "queued", job_id: await fitLater(deps, request), ...echo });
      }
      const model = await fitNow(deps, request, stopping);
      return { ...presentFit(model, deps.clock.now() - startedAt), ...echo };
    }),
  ];
}
