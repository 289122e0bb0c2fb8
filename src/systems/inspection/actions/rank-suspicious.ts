import { FEWEST_SCORES, modifiedZScores, OUTLYING } from "../../../algorithms/anomaly/outlying-scores.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type Label, type Roi, readingOrder } from "../roi.ts";
import type { CalibrationReader } from "../store/calibration-reader.ts";
import type { ModelRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { CalibrationRun, PictureScore } from "../store/run-record.ts";
import { findCalibration } from "./find-calibration.ts";

export interface SuspiciousPicture {
  readonly filename: string;
  readonly score: number;
  readonly z: number;
  readonly suspicious: boolean;
  /** By the threshold in use; null without one. */
  readonly decision: Label | null;
}

export interface SuspiciousRanking {
  readonly run: CalibrationRun;
  readonly model: ModelRecord;
  readonly items: readonly SuspiciousPicture[];
  readonly warnings: readonly string[];
}

/** What makes a picture suspicious, in words. */
export const SUSPICIOUS_RULE = `An OK picture is scored against the memory without its own patches. It is suspicious when its score's modified z-score among the OK pictures, 0.6745 (score - median) / MAD, is above ${OUTLYING}; with fewer than ${FEWEST_SCORES} pictures none is.`;

/**
 * The OK pictures of the dataset by their leave-one-out scores, the strangest first: a defect that was filed as good,
 * a crop that is off. From the last calibration of the memory in use; pictures deleted since are left out.
 * @throws QuatrainError `memory_not_found`, `scores_missing` (400)
 */
export async function rankSuspicious(
  deps: { readonly reader: InspectionReader; readonly calibrationReader: CalibrationReader },
  roi: Roi,
  model: ModelRecord,
): Promise<SuspiciousRanking> {
  const run = await lastDatasetRun(deps.calibrationReader, roi, model);
  const pictures = (await deps.reader.findPictures(roi)).filter(({ label }) => label === "ok");
  const there = new Map(pictures.map((picture) => [picture.filename, picture.contentHash]));
  const scores = (run.scores ?? []).filter(
    (one): one is PictureScore & { filename: string } =>
      one.label === "ok" && !one.seen && one.filename !== null && there.get(one.filename) === one.hash,
  );
  const threshold = (await findCalibration(deps.reader, roi))?.threshold ?? null;
  const zs = modifiedZScores(scores.map(({ score }) => score));
  const items = scores.map(({ filename, score }, at) => ({
    filename,
    score,
    z: zs[at] as number,
    suspicious: scores.length >= FEWEST_SCORES && (zs[at] as number) > OUTLYING,
    decision: threshold === null ? null : decide(score, threshold),
  }));
  return {
    run,
    model,
    items: items.sort((a, b) => b.score - a.score || (a.filename < b.filename ? -1 : 1)),
    warnings: unscored(pictures.length - scores.length),
  };
}

function decide(score: number, threshold: number): Label {
  return score > threshold ? "ng" : "ok";
}

async function lastDatasetRun(
  reader: CalibrationReader,
  roi: Roi,
  model: ModelRecord,
): Promise<CalibrationRun> {
  for (const place of readingOrder(roi)) {
    const run = await reader.lastOf(place, model.id, "dataset");
    if (run?.scores) return run;
  }
  throw userError(
    "scores_missing",
    400,
    "The memory in use has no leave-one-out scores yet: send /calibrate_dataset first (require_ng=false where there are no NG pictures)",
  );
}

function unscored(count: number): string[] {
  return count > 0
    ? [`${count} OK pictures have no leave-one-out score with this memory: send /calibrate_dataset again`]
    : [];
}
