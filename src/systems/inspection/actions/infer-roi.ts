import type { Mask, Picture } from "../../../algorithms/image/picture.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { InspectionEngine } from "../engine/port.ts";
import type { MemoryCache } from "../memory-cache.ts";
import { requireLockedScale, requireValidScale } from "../mm-per-px.ts";
import type { PictureCodec } from "../picture-codec.ts";
import {
  type CheckedQuality,
  gatedDecision,
  type QualityCheck,
  qualityWarnings,
} from "../quality/quality-check.ts";
import type { Roi } from "../roi.ts";
import type { CalibrationRecord, ModelRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { InspectionWriter } from "../store/writer.ts";
import { requireCalibration } from "./find-calibration.ts";
import { findMemory } from "./find-memory.ts";
import { inspectPicture, type Verdict } from "./inspect-picture.ts";
import { readShape } from "./read-shape.ts";

export interface InferDeps {
  readonly reader: InspectionReader;
  readonly writer: InspectionWriter;
  readonly engine: InspectionEngine;
  readonly memories: MemoryCache;
  readonly pictures: PictureCodec;
  readonly clock: Clock;
  readonly quality: QualityCheck;
}

/** What one crop is inspected with. */
export interface CropRequest {
  readonly roi: Roi;
  readonly mmPerPx: number;
  /** JSON text or what it stands for. */
  readonly shape: unknown;
  readonly allowUncalibrated: boolean;
  readonly signal?: AbortSignal;
}

export interface InferRequest extends CropRequest {
  readonly image: Uint8Array;
}

export interface Inference extends Verdict {
  readonly model: ModelRecord;
  readonly calibration: CalibrationRecord | null;
  readonly mask: Mask | null;
  /** Null where the ROI's gate is off. */
  readonly quality: CheckedQuality | null;
}

/** Makes an answer of an inference while the picture is still there. */
export type Answering<Result> = (inference: Inference, picture: Picture) => Promise<Result>;

/**
 * One crop, inspected. Nothing is kept but, the first time, the recipe's scale.
 * Source: contracts/inspection.md "POST /infer"; the order of the checks: spec/inspection.md section 2.
 */
export async function inferRoi<Result>(
  deps: InferDeps,
  request: InferRequest,
  answer: Answering<Result>,
): Promise<Result> {
  return withScale(deps, request, () =>
    deps.pictures.withDecoded(request.image, async (picture) =>
      answer(await inspectCrop(deps, request, picture), picture),
    ),
  );
}

/** Does the work at a scale that the recipe allows; the first success locks it. @throws QuatrainError 400 or 409 */
export async function withScale<Result>(
  { reader, writer, clock }: Pick<InferDeps, "reader" | "writer" | "clock">,
  { roi, mmPerPx }: Pick<CropRequest, "roi" | "mmPerPx">,
  work: () => Promise<Result>,
): Promise<Result> {
  requireValidScale(mmPerPx);
  const locked = await reader.lockedMmPerPx(roi.recipeId);
  requireLockedScale(roi.recipeId, locked, mmPerPx);
  const result = await work();
  if (locked === null) await writer.lockMmPerPx(roi.recipeId, mmPerPx, clock.now());
  return result;
}

/** A decoded crop against the memory and the threshold in use. @throws QuatrainError 400 */
export async function inspectCrop(
  deps: InferDeps,
  request: CropRequest,
  picture: Picture,
): Promise<Inference> {
  const { record, memory } = await findMemory(deps, request.roi);
  const calibration = await requireCalibration(deps.reader, request.roi, request.allowUncalibrated);
  const { mask, warnings } = readShape(request.shape, picture);
  const criteria = {
    mask,
    threshold: calibration?.threshold ?? null,
    mmPerPx: request.mmPerPx,
    areaMm2Threshold: calibration?.areaMm2Threshold ?? 0,
  };
  const [verdict, quality] = await Promise.all([
    inspectPicture(deps.engine, memory, picture, criteria, request.signal),
    deps.quality.check(request.roi, record.id, picture),
  ]);
  return {
    ...verdict,
    decision: gatedDecision(verdict.decision, quality),
    model: record,
    calibration,
    mask,
    quality,
    warnings: [
      ...warnings,
      ...staleness(record, calibration),
      ...verdict.warnings,
      ...qualityWarnings(quality),
    ],
  };
}

/** A threshold says nothing about a memory that came after it. */
function staleness(model: ModelRecord, calibration: CalibrationRecord | null): string[] {
  if (calibration === null) return [];
  const isItsOwn =
    calibration.modelId === null
      ? calibration.createdAt >= model.createdAt
      : calibration.modelId === model.id;
  if (isItsOwn) return [];
  return [
    calibration.createdAt < model.createdAt
      ? "The threshold was calibrated before the current memory was fitted: calibrate again"
      : "The threshold was calibrated with another version of the memory: calibrate again",
  ];
}
