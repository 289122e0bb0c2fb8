import type { Mask } from "../../../algorithms/image/picture.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { InspectionEngine } from "../engine/port.ts";
import type { MemoryCache } from "../memory-cache.ts";
import { requireValidScale } from "../mm-per-px.ts";
import type { PictureCodec } from "../picture-codec.ts";
import { LABELS, type Label, labelOf, type Roi } from "../roi.ts";
import type { CalibrationRecord, ModelRecord } from "../store/model-record.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import { findCalibration } from "./find-calibration.ts";
import { type FoundMemory, findMemory } from "./find-memory.ts";
import { inspectPicture, type Verdict } from "./inspect-picture.ts";
import { readSample, readSampleMeta } from "./read-dataset.ts";
import { readShape } from "./read-shape.ts";

export interface InferDatasetDeps {
  readonly reader: InspectionReader;
  readonly engine: InspectionEngine;
  readonly memories: MemoryCache;
  readonly pictures: PictureCodec;
  readonly files: FileStore;
}

export interface InferDatasetRequest {
  readonly roi: Roi;
  /** Any case; null for both. */
  readonly labels: readonly string[] | null;
  readonly defaultMmPerPx: number | null;
  readonly signal?: AbortSignal;
}

/** One picture of the dataset: a verdict, or why there is none. */
export interface DatasetItem {
  readonly picture: PictureRecord;
  readonly mmPerPx: number;
  readonly outcome: { readonly verdict: Verdict; readonly mask: Mask | null } | { readonly error: string };
}

export interface DatasetInference {
  readonly model: ModelRecord;
  readonly calibration: CalibrationRecord | null;
  /** Pictures one by one: a heatmap need not wait for the last of a thousand. */
  readonly items: AsyncIterable<DatasetItem>;
}

/** Used where neither the sample, the request, the recipe nor the calibration names a scale (001's default). */
const DEFAULT_MM_PER_PX = 0.2;

/**
 * Every picture of the dataset, inspected; a bad one fills its own error. Works uncalibrated.
 * Source: contracts/inspection.md "POST /infer_dataset".
 * @throws QuatrainError `invalid_label`, `invalid_mm_per_px` or `memory_not_found` (400)
 */
export async function inferDataset(
  deps: InferDatasetDeps,
  request: InferDatasetRequest,
): Promise<DatasetInference> {
  const labels = knownLabels(request.labels);
  if (request.defaultMmPerPx !== null) requireValidScale(request.defaultMmPerPx);
  const found = await findMemory(deps, request.roi);
  const calibration = await findCalibration(deps.reader, request.roi);
  const scale =
    request.defaultMmPerPx ??
    (await deps.reader.lockedMmPerPx(request.roi.recipeId)) ??
    calibration?.mmPerPx ??
    DEFAULT_MM_PER_PX;
  const pictures = await deps.reader.findPictures(request.roi);
  const chosen = labels.flatMap((label) => pictures.filter((picture) => picture.label === label));
  return {
    model: found.record,
    calibration,
    items: inspectAll(deps, chosen, found, calibration, scale, request.signal),
  };
}

function knownLabels(labels: readonly string[] | null): readonly Label[] {
  const given = (labels ?? LABELS).map(labelOf);
  return LABELS.filter((label) => given.includes(label));
}

async function* inspectAll(
  deps: InferDatasetDeps,
  pictures: readonly PictureRecord[],
  { memory }: FoundMemory,
  calibration: CalibrationRecord | null,
  defaultMmPerPx: number,
  signal: AbortSignal | undefined,
): AsyncIterable<DatasetItem> {
  for (const picture of pictures) {
    signal?.throwIfAborted();
    const meta = await readSampleMeta(deps.files, picture);
    const mmPerPx = meta.mmPerPx ?? defaultMmPerPx;
    try {
      const bytes = await readSample(deps.files, picture);
      const outcome = await deps.pictures.withDecoded(bytes, async (decoded) => {
        const { mask } = readShape(meta.shape, decoded);
        const criteria = {
          mask,
          threshold: calibration?.threshold ?? null,
          mmPerPx,
          areaMm2Threshold: calibration?.areaMm2Threshold ?? 0,
        };
        return { verdict: await inspectPicture(deps.engine, memory, decoded, criteria, signal), mask };
      });
      yield { picture, mmPerPx, outcome };
    } catch (error) {
      if (!(error instanceof QuatrainError) || error.status >= 500 || signal?.aborted) throw error;
      yield { picture, mmPerPx, outcome: { error: error.message } };
    }
  }
}
