import type { Region } from "../../algorithms/image/regions.ts";
import type { DatasetCalibration } from "./actions/calibrate-dataset.ts";
import type { RoiDescription, RoiManifest } from "./actions/describe-roi.ts";
import type { BatchCrop, BatchOutcome } from "./actions/infer-batch.ts";
import type { DatasetInference, DatasetItem } from "./actions/infer-dataset.ts";
import type { Inference } from "./actions/infer-roi.ts";
import { presentQuality } from "./present-quality.ts";
import { type DatasetPlace, LABELS, type Label, type Roi } from "./roi.ts";
import type { CalibrationRecord, ModelRecord } from "./store/model-record.ts";
import type { PictureRecord } from "./store/picture-record.ts";
import type { RoiSummary } from "./store/roi-list.ts";

/* Domain to contract JSON; nothing else shapes an answer. Source: contracts/inspection.md, spec/inspection.md. */

/** A heatmap that is ready to be sent. */
export interface EncodedHeatmap {
  readonly base64: string;
  readonly scale: { readonly low: number; readonly high: number };
}

/** The pictures that an answer carries; null where none was wanted. */
export interface EncodedPictures {
  readonly heatmap: EncodedHeatmap | null;
  readonly overlayBase64: string | null;
  readonly contoursBase64: string | null;
  /** What could not be drawn as it was asked for. */
  readonly warnings: readonly string[];
}

const place = ({ roleId, roiId }: Pick<DatasetPlace, "roleId" | "roiId">) => ({
  role_id: roleId,
  roi_id: roiId,
});
const placeAndKey = (roi: Roi) => ({ ...place(roi), model_key: roi.modelKey });

export function presentRoi(roi: RoiSummary) {
  return {
    recipe_id: roi.recipeId,
    ...placeAndKey(roi),
    n_ok: roi.okCount,
    n_ng: roi.ngCount,
    model_version: roi.version,
    backbone: roi.engineId,
    threshold: roi.threshold,
  };
}

export function presentFit(model: ModelRecord, elapsedMs: number) {
  return {
    n_embeddings: model.embeddingCount,
    coreset_size: model.coresetSize,
    token_shape: [...model.tokenShape],
    coreset_rate_requested: model.coresetRate,
    coreset_rate_applied: model.embeddingCount === 0 ? 0 : model.coresetSize / model.embeddingCount,
    ...placeAndKey(model.roi),
    model_version: model.version,
    backbone: model.engineId,
    n_images: model.sources.length,
    operator_id: model.operatorId,
    elapsed_ms: elapsedMs,
  };
}

function presentRegion(region: Region) {
  const { x, y, w, h, areaPx, areaMm2, contour } = region;
  return {
    bbox: [x, y, w, h],
    area_px: areaPx,
    area_mm2: areaMm2,
    x,
    y,
    w,
    h,
    contour: contour.map(([cx, cy]) => [cx, cy]),
  };
}

export function presentInference(
  inference: Inference,
  roi: Roi,
  mmPerPx: number,
  { heatmap, overlayBase64, contoursBase64, warnings }: EncodedPictures,
  elapsedMs: number,
) {
  const { model, calibration, decision } = inference;
  return {
    score: inference.score,
    threshold: calibration?.threshold ?? null,
    decision,
    is_anomaly: decision === null ? null : decision === "ng",
    token_shape: [...model.tokenShape],
    heatmap_png_base64: heatmap?.base64 ?? null,
    heatmap_scale: heatmap === null ? null : { min: heatmap.scale.low, max: heatmap.scale.high },
    regions: inference.regions.map(presentRegion),
    n_regions: inference.regions.length,
    mm_per_px: mmPerPx,
    area_mm2_thr: calibration?.areaMm2Threshold ?? null,
    ...placeAndKey(roi),
    model_version: model.version,
    backbone: model.engineId,
    warnings: [...inference.warnings, ...warnings],
    quality: presentQuality(inference.quality),
    overlay_png_base64: overlayBase64,
    contours_png_base64: contoursBase64,
    elapsed_ms: elapsedMs,
  };
}

/** An overall decision and one item per ROI; `Result` is what `/infer` answers. */
export function presentBatch<Result extends { readonly decision: Label | null }>(
  crops: readonly BatchCrop[],
  outcomes: readonly BatchOutcome<Result>[],
) {
  const items = outcomes.map((outcome, index) => {
    const { roi, box } = crops[index]!;
    const failure = "failure" in outcome ? outcome.failure : null;
    return {
      index,
      ...placeAndKey(roi),
      crop: box === null ? null : { x: box.left, y: box.top, w: box.width, h: box.height, angle: box.angle },
      error: failure?.message ?? null,
      code: failure?.code ?? null,
      result: "result" in outcome ? outcome.result : null,
    };
  });
  const count = (label: Label) => items.filter(({ result }) => result?.decision === label).length;
  const [ok, ng] = [count("ok"), count("ng")];
  const allOk = ok === items.length ? ("ok" as const) : null;
  return {
    status: "ok" as const,
    decision: ng > 0 ? ("ng" as const) : allOk,
    n_total: items.length,
    n_ok: ok,
    n_ng: ng,
    n_errors: items.filter(({ error }) => error !== null).length,
    items,
  };
}

export function presentDatasetItem(
  item: DatasetItem,
  threshold: number | null,
  heatmapBase64: string | null,
) {
  const { picture, mmPerPx, outcome } = item;
  const verdict = "verdict" in outcome ? outcome.verdict : null;
  return {
    label: picture.label,
    filename: picture.filename,
    score: verdict?.score ?? null,
    threshold,
    decision: verdict?.decision ?? null,
    mm_per_px: mmPerPx,
    regions: verdict?.regions.map(presentRegion) ?? [],
    n_regions: verdict?.regions.length ?? 0,
    heatmap_png_base64: heatmapBase64,
    error: "error" in outcome ? outcome.error : null,
  };
}

export function presentDatasetInference(
  { model, calibration }: DatasetInference,
  roi: Roi,
  items: readonly ReturnType<typeof presentDatasetItem>[],
) {
  return {
    status: "ok" as const,
    n_total: items.length,
    n_errors: items.filter((item) => item.error !== null).length,
    items: [...items],
    ...placeAndKey(roi),
    model_version: model.version,
    threshold: calibration?.threshold ?? null,
  };
}

export function presentCalibration(calibration: CalibrationRecord) {
  return {
    threshold: calibration.threshold,
    ok_mean: calibration.okMean,
    ng_mean: calibration.ngMean,
    p99_ok: calibration.okPercentile,
    p5_ng: calibration.ngPercentile5,
    mm_per_px: calibration.mmPerPx,
    area_mm2_thr: calibration.areaMm2Threshold,
    score_percentile: calibration.scorePercentile,
  };
}

export function presentDatasetCalibration(
  { calibration, model, okScores, ngScores, warnings }: DatasetCalibration,
  roi: Roi,
) {
  return {
    status: "ok" as const,
    ...presentCalibration(calibration),
    n_ok: okScores.length,
    n_ng: ngScores.length,
    ...placeAndKey(roi),
    model_version: model.version,
    ok_scores: [...okScores],
    ng_scores: [...ngScores],
    warnings: [...warnings],
  };
}

export function presentClasses(pictures: readonly PictureRecord[]) {
  const [ok, ng] = LABELS.map((label) => {
    const files = pictures.filter((picture) => picture.label === label);
    return {
      count: files.length,
      files: files.map((picture) => picture.filename),
      meta: Object.fromEntries(files.map((picture) => [picture.filename, picture.hasSidecar])),
    };
  }) as [PresentedClass, PresentedClass];
  return { ok, ng };
}

interface PresentedClass {
  count: number;
  files: string[];
  meta: Record<string, boolean>;
}

export function presentState({ roi, model, calibration }: RoiDescription) {
  return {
    status: "ok" as const,
    memory_fitted: model !== null,
    calib_present: calibration !== null,
    ...placeAndKey(roi),
    model_version: model?.version ?? null,
  };
}

export function presentManifest({ roi, model, calibration, pictures, lockedMmPerPx }: RoiManifest) {
  return {
    memory: model !== null,
    calib:
      calibration === null
        ? null
        : {
            ...presentCalibration(calibration),
            created_at_utc: new Date(calibration.createdAt).toISOString(),
          },
    datasets: { classes: presentClasses(pictures) },
    ...placeAndKey(roi),
    model_version: model?.version ?? null,
    backbone: model?.engineId ?? null,
    token_shape: model === null ? null : [...model.tokenShape],
    mm_per_px: lockedMmPerPx,
  };
}
