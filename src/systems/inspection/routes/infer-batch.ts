import type { z } from "zod";
import { type BatchRoi, inferBatch as contract } from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { inferBatch } from "../actions/infer-batch.ts";
import type { InferDeps } from "../actions/infer-roi.ts";
import { presentBatch, presentInference } from "../present.ts";
import { roiOf } from "../roi.ts";
import { type MessageDeps, tellOfNg } from "../webhook/ng-messages.ts";
import { type DrawingDeps, encodePictures } from "./encode-pictures.ts";
import type { Decisions, NoteScore } from "./infer.ts";

/** `POST /infer_batch`: several ROIs of one picture; spec/inspection.md section 6. */
export function inferBatchRoutes(
  deps: InferDeps &
    DrawingDeps &
    MessageDeps & { readonly decisions: Decisions; readonly noteScore: NoteScore },
): BoundRoute[] {
  return [
    route(contract, async ({ input, files, headers, requestId, signal }) => {
      const startedAt = deps.clock.now();
      const { recipeId } = roiOf({ ...input.rois[0]!, recipe_id: input.recipe_id }, headers["x-recipe-id"]);
      const operatorId = input.operator_id ?? null;
      const crops = input.rois.map((item) => ({
        roi: roiOf({ ...item, recipe_id: recipeId }, undefined),
        mmPerPx: item.mm_per_px ?? input.mm_per_px ?? Number.NaN,
        shape: item.shape,
        box: boxOf(item),
        allowUncalibrated: input.allow_uncalibrated,
        signal,
      }));
      const image = await files.image[0]!.read();
      const outcomes = await inferBatch(deps, image, crops, (index) => async (inference, picture) => {
        const itemStartedAt = deps.clock.now();
        const { roi, mmPerPx } = crops[index]!;
        deps.decisions.inc({ decision: inference.decision ?? "none" });
        deps.noteScore(roi, inference);
        await tellOfNg(deps, inference, { roi, mmPerPx, requestId, operatorId });
        const pictures = await encodePictures(deps, input, inference, picture);
        return {
          ...presentInference(inference, roi, mmPerPx, pictures, deps.clock.now() - itemStartedAt),
          operator_id: operatorId,
          request_id: requestId,
          recipe_id: recipeId,
        };
      });
      return {
        ...presentBatch(crops, outcomes),
        operator_id: operatorId,
        elapsed_ms: deps.clock.now() - startedAt,
        request_id: requestId,
        recipe_id: recipeId,
      };
    }),
  ];
}

function boxOf({ crop }: z.output<typeof BatchRoi>) {
  if (crop === null || crop === undefined) return null;
  return { left: crop.x, top: crop.y, width: crop.w, height: crop.h, angle: crop.angle };
}
