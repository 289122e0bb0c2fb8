import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Roi } from "../roi.ts";
import type { CalibrationRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";

/** The threshold in use; null for none. One that is not above zero decides nothing and counts as none. */
export async function findCalibration(reader: InspectionReader, roi: Roi): Promise<CalibrationRecord | null> {
  const calibration = await reader.findCalibration(roi);
  return calibration !== null && calibration.threshold > 0 ? calibration : null;
}

/** The same where one is needed, unless `optional`. @throws QuatrainError `calibration_missing` (400) */
export async function requireCalibration(
  reader: InspectionReader,
  roi: Roi,
  optional: boolean,
): Promise<CalibrationRecord | null> {
  const calibration = await findCalibration(reader, roi);
  if (calibration !== null || optional) return calibration;
  throw userError("calibration_missing", 400, "calibration_missing");
}
