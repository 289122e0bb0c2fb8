import type { DatasetPlace, Roi } from "../roi.ts";
import type { CalibrationRecord, ModelRecord } from "../store/model-record.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import { findCalibration } from "./find-calibration.ts";

/** What is stored for one ROI. Reads rows only: no memory is opened. */
export interface RoiDescription {
  readonly roi: Roi;
  readonly model: ModelRecord | null;
  readonly calibration: CalibrationRecord | null;
}

export interface RoiManifest extends RoiDescription {
  readonly pictures: readonly PictureRecord[];
  readonly lockedMmPerPx: number | null;
}

export async function describeRoi(reader: InspectionReader, roi: Roi): Promise<RoiDescription> {
  const [model, calibration] = await Promise.all([reader.findModel(roi), findCalibration(reader, roi)]);
  return { roi, model, calibration };
}

export async function describeManifest(reader: InspectionReader, roi: Roi): Promise<RoiManifest> {
  const place: DatasetPlace = roi;
  const [description, pictures, lockedMmPerPx] = await Promise.all([
    describeRoi(reader, roi),
    reader.findPictures(place),
    reader.lockedMmPerPx(roi.recipeId),
  ]);
  return { ...description, pictures, lockedMmPerPx };
}
