import { z } from "zod";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { parseJson } from "../../../platform/http/lenient-json.ts";
import type { Roi } from "../roi.ts";
import type { NewRun } from "../store/run-record.ts";
import { unreadable } from "./read-site-memory.ts";

const MAX_BYTES = 1024 * 1024;
const finite = z.number();

/** `NAME_calib.json` of the reference, as `/calibrate_ng` answers; other keys are left alone. */
const SiteCalibration = z.looseObject({
  threshold: finite,
  ok_mean: finite.nullish(),
  ng_mean: finite.nullish(),
  p99_ok: finite.nullish(),
  p5_ng: finite.nullish(),
  mm_per_px: finite.positive().nullish(),
  area_mm2_thr: finite.min(0).nullish(),
  score_percentile: finite.min(0).max(100).nullish(),
});

export type SiteCalibration = z.infer<typeof SiteCalibration>;

/** @throws QuatrainError `site_memory_unreadable` (400) */
export function readSiteCalibration(bytes: Buffer): SiteCalibration {
  if (bytes.length > MAX_BYTES) throw unreadable("its calibration is larger than 1 MB");
  const parsed = SiteCalibration.safeParse(json(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(
    `its calibration is malformed at ${issue?.path.join(".") || "the top"}: ${issue?.message}`,
  );
}

function json(bytes: Buffer): unknown {
  try {
    return parseJson(bytes.toString("utf8"));
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    throw unreadable("its calibration is not JSON");
  }
}

/** The calibration as one of ours; null where its threshold counts as missing. */
export function toRun(
  found: SiteCalibration,
  roi: Roi,
  defaults: { readonly mmPerPx: number; readonly areaMm2Threshold: number; readonly scorePercentile: number },
  now: number,
): NewRun | null {
  if (!(found.threshold > 0)) return null;
  return {
    roi,
    origin: "site",
    modelId: null,
    modelVersion: null,
    threshold: found.threshold,
    computedThreshold: found.threshold,
    okMean: found.ok_mean ?? 0,
    ngMean: found.ng_mean ?? 0,
    okPercentile: found.p99_ok ?? found.threshold,
    ngPercentile5: found.p5_ng ?? null,
    mmPerPx: found.mm_per_px ?? defaults.mmPerPx,
    areaMm2Threshold: found.area_mm2_thr ?? defaults.areaMm2Threshold,
    scorePercentile: found.score_percentile ?? defaults.scorePercentile,
    okCount: 0,
    ngCount: 0,
    scores: null,
    operatorId: null,
    createdAt: now,
  };
}
