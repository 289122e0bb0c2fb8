import { scoreHeat } from "../../../algorithms/anomaly/score-heat.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { Doer } from "../audit.ts";
import type { Inspection, InspectionEngine, MemoryModel } from "../engine/port.ts";
import { namingPicture } from "../name-picture.ts";
import type { Label, Roi } from "../roi.ts";
import type { CalibrationRecord, ModelRecord } from "../store/model-record.ts";
import type { PictureRecord } from "../store/picture-record.ts";
import type { PictureScore } from "../store/run-record.ts";
import { type CalibrateDeps, calibrateScores, scoresOf } from "./calibrate-scores.ts";
import { findMemory } from "./find-memory.ts";
import type { InferDatasetDeps } from "./infer-dataset.ts";
import { readSample, readSampleMeta } from "./read-dataset.ts";
import { readShape } from "./read-shape.ts";

export interface CalibrateDatasetRequest {
  readonly roi: Roi;
  readonly scorePercentile: number | null;
  readonly areaMm2Threshold: number | null;
  readonly defaultMmPerPx: number | null;
  readonly requireNg: boolean;
  readonly doer: Doer;
  readonly signal?: AbortSignal;
}

export interface DatasetCalibration {
  readonly calibration: CalibrationRecord;
  readonly model: ModelRecord;
  readonly okScores: readonly number[];
  readonly ngScores: readonly number[];
  readonly warnings: readonly string[];
}

/**
 * Good parts that are all alike score 0 or less, and a threshold that is not above 0 counts as missing. A part whose
 * score is above 0 is stranger than all of them: this is where the line lies then.
 */
const LEAST_THRESHOLD = 1e-6;

/**
 * The threshold from the stored dataset. An OK picture that the memory was fitted on is scored without its own
 * patches: its score with them says nothing about the next good part.
 * Source: contracts/inspection.md "POST /calibrate_dataset"; spec/inspection.md section 2, fault (c).
 * @throws QuatrainError `no_ok_images`, `no_ng_images`, `memory_not_found` or `undecodable_image` (400)
 */
export async function calibrateDataset(
  deps: CalibrateDeps & InferDatasetDeps,
  request: CalibrateDatasetRequest,
): Promise<DatasetCalibration> {
  const { roi } = request;
  const { record, memory } = await findMemory(deps, roi);
  const pictures = await deps.reader.findPictures(roi);
  const of = (label: Label) => pictures.filter((picture) => picture.label === label);
  requirePictures(of("ok"), of("ng"), request.requireNg);

  const scores = await scoreAll(deps, memory, [...of("ok"), ...of("ng")], request.signal);
  const mmPerPx = request.defaultMmPerPx ?? (await deps.reader.lockedMmPerPx(roi.recipeId)) ?? record.mmPerPx;
  const leastThreshold = LEAST_THRESHOLD;
  const calibration = await calibrateScores(deps, {
    ...request,
    mmPerPx,
    scores,
    origin: "dataset",
    model: record,
    leastThreshold,
  });
  return {
    calibration,
    model: record,
    okScores: scoresOf(scores, "ok"),
    ngScores: scoresOf(scores, "ng"),
    warnings: doubts(calibration, scores),
  };
}

function requirePictures(
  ok: readonly PictureRecord[],
  ng: readonly PictureRecord[],
  requireNg: boolean,
): void {
  if (ok.length === 0) {
    throw userError(
      "no_ok_images",
      400,
      "The dataset has no OK images: upload some to /datasets/ok/upload first",
    );
  }
  if (requireNg && ng.length === 0) {
    throw userError(
      "no_ng_images",
      400,
      "The dataset has no NG images: upload some to /datasets/ng/upload, or send require_ng=false",
    );
  }
}

async function scoreAll(
  deps: InferDatasetDeps,
  memory: MemoryModel,
  pictures: readonly PictureRecord[],
  signal: AbortSignal | undefined,
): Promise<PictureScore[]> {
  const scores: PictureScore[] = [];
  for (const picture of pictures) {
    signal?.throwIfAborted();
    scores.push(await scoreOne(deps, memory, picture, signal));
  }
  return scores;
}

async function scoreOne(
  deps: InferDatasetDeps,
  memory: MemoryModel,
  picture: PictureRecord,
  signal: AbortSignal | undefined,
): Promise<PictureScore> {
  return namingPicture(`${picture.label}/${picture.filename}`, async () =>
    deps.pictures.withDecoded(await readSample(deps.files, picture), async (decoded) => {
      const { mask } = readShape((await readSampleMeta(deps.files, picture)).shape, decoded);
      const { label, filename, contentHash: hash } = picture;
      const { heat, seen } = await inspectUnseen(deps.engine, memory, decoded, hash, signal);
      return { label, filename, hash, score: scoreHeat(heat, mask, memory.settings.pixelPercentile), seen };
    }),
  );
}

/** As a picture that the memory has not seen; with its own patches only where the memory has no others. */
async function inspectUnseen(
  engine: InspectionEngine,
  memory: MemoryModel,
  picture: Picture,
  contentHash: string,
  signal: AbortSignal | undefined,
): Promise<Inspection & Pick<PictureScore, "seen">> {
  const withoutSource = memory.sources.includes(contentHash) ? contentHash : undefined;
  try {
    return { ...(await engine.inspect(memory, picture, { withoutSource, signal })), seen: false };
  } catch (error) {
    if (!(error instanceof QuatrainError && error.code === "too_few_ok_pictures")) throw error;
    return { ...(await engine.inspect(memory, picture, { signal })), seen: true };
  }
}

function doubts(
  { threshold, okPercentile, ngPercentile5 }: CalibrationRecord,
  scores: readonly PictureScore[],
): string[] {
  const doubtful = [];
  if (ngPercentile5 !== null && ngPercentile5 <= okPercentile) {
    doubtful.push(
      "OK and NG scores overlap: some defects score no higher than good parts, look at the pictures",
    );
  }
  if (scores.some(({ label, seen }) => label === "ok" && seen) || threshold === LEAST_THRESHOLD) {
    doubtful.push(
      "The good parts are too much alike to tell how much the next one may differ: add more varied ones",
    );
  }
  return doubtful;
}
