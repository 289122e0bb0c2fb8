import type { Mask, Picture } from "../../../algorithms/image/picture.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { InspectionEngine } from "../engine/port.ts";
import type { MemoryCache } from "../memory-cache.ts";
import { requireLockedScale, requireValidScale } from "../mm-per-px.ts";
import type { PictureCodec } from "../picture-codec.ts";
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
}

export interface InferRequest {
  readonly roi: Roi;
  readonly mmPerPx: number;
  readonly image: Uint8Array;
  readonly shape: string | undefined;
  readonly allowUncalibrated: boolean;
  readonly signal?: AbortSignal;
}

export interface Inference extends Verdict {
  readonly model: ModelRecord;
  readonly calibration: CalibrationRecord | null;
  readonly mask: Mask | null;
}

/**
 * One crop, inspected. Nothing is kept but, the first time, the recipe's scale.
 * Source: contracts/inspection.md "POST /infer"; the order of the checks: spec/inspection.md section 2.
 */
export async function inferRoi(deps: InferDeps, request: InferRequest): Promise<Inference> {
  const { roi, mmPerPx } = request;
  requireValidScale(mmPerPx);
  const locked = await deps.reader.lockedMmPerPx(roi.recipeId);
  requireLockedScale(roi.recipeId, locked, mmPerPx);
  const inference = await deps.pictures.withDecoded(request.image, (picture) =>
    inspect(deps, request, picture),
  );
  if (locked === null) await deps.writer.lockMmPerPx(roi.recipeId, mmPerPx, deps.clock.now());
  return inference;
}

async function inspect(deps: InferDeps, request: InferRequest, picture: Picture): Promise<Inference> {
  const { record, memory } = await findMemory(deps, request.roi);
  const calibration = await requireCalibration(deps.reader, request.roi, request.allowUncalibrated);
  const { mask, warnings } = readShape(request.shape, picture);
  const criteria = {
    mask,
    threshold: calibration?.threshold ?? null,
    mmPerPx: request.mmPerPx,
    areaMm2Threshold: calibration?.areaMm2Threshold ?? 0,
  };
  const verdict = await inspectPicture(deps.engine, memory, picture, criteria, request.signal);
  return {
    ...verdict,
    model: record,
    calibration,
    mask,
    warnings: [...warnings, ...staleness(record, calibration), ...verdict.warnings],
  };
}

/** A threshold says nothing about a memory that came after it. */
function staleness(model: ModelRecord, calibration: CalibrationRecord | null): string[] {
  if (calibration === null || calibration.createdAt >= model.createdAt) return [];
  return ["The threshold was calibrated before the current memory was fitted: calibrate again"];
}
