import { infer, inferDataset as inferDatasetContract } from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type InferDatasetDeps, inferDataset } from "../actions/infer-dataset.ts";
import { type InferDeps, type Inference, inferRoi } from "../actions/infer-roi.ts";
import { presentDatasetInference, presentDatasetItem, presentInference } from "../present.ts";
import { type Roi, roiOf } from "../roi.ts";
import { type MessageDeps, tellOfNg } from "../webhook/ng-messages.ts";
import { type DrawingDeps, encodeHeatmap, encodePictures } from "./encode-pictures.ts";

/** Counts what was decided; `none` before calibration. */
export interface Decisions {
  inc(labels: { readonly decision: string }): void;
}

/** Takes note of a score, for the drift monitor; at once. */
export type NoteScore = (roi: Roi, inference: Inference) => void;

/** contracts/inspection.md "POST /infer" and "POST /infer_dataset". */
export function inferRoutes(
  deps: InferDeps &
    InferDatasetDeps &
    DrawingDeps &
    MessageDeps & { readonly decisions: Decisions; readonly noteScore: NoteScore },
): BoundRoute[] {
  return [
    route(infer, async ({ input, files, headers, requestId, signal }) => {
      const startedAt = deps.clock.now();
      const roi = roiOf(input, headers["x-recipe-id"]);
      const request = {
        roi,
        mmPerPx: input.mm_per_px,
        image: await files.image[0]!.read(),
        shape: input.shape,
        allowUncalibrated: input.allow_uncalibrated,
        signal,
      };
      return inferRoi(deps, request, async (inference, picture) => {
        deps.decisions.inc({ decision: inference.decision ?? "none" });
        deps.noteScore(roi, inference);
        const operatorId = input.operator_id ?? null;
        await tellOfNg(deps, inference, { roi, mmPerPx: input.mm_per_px, requestId, operatorId });
        const pictures = await encodePictures(deps, input, inference, picture);
        return {
          ...presentInference(inference, roi, input.mm_per_px, pictures, deps.clock.now() - startedAt),
          operator_id: operatorId,
          request_id: requestId,
          recipe_id: roi.recipeId,
        };
      });
    }),

    route(inferDatasetContract, async ({ input, headers, requestId, signal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const inference = await inferDataset(deps, {
        roi,
        labels: input.labels ?? null,
        defaultMmPerPx: input.default_mm_per_px ?? null,
        signal,
      });
      const threshold = inference.calibration?.threshold ?? null;
      const items = [];
      for await (const item of inference.items) {
        const heatmap =
          input.include_heatmap && "verdict" in item.outcome
            ? await encodeHeatmap(deps.pictures, item.outcome.verdict.heat, item.outcome.mask)
            : null;
        items.push(presentDatasetItem(item, threshold, heatmap?.base64 ?? null));
      }
      return {
        ...presentDatasetInference(inference, roi, items),
        request_id: requestId,
        recipe_id: roi.recipeId,
      };
    }),
  ];
}
