import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import { calibrateDataset, calibrateNg } from "../../contracts/inspection/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { printResult } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface CalibrateOptions extends RoiOptions {
  readonly percentile?: string;
  readonly areaMm2?: string;
  readonly withoutNg?: boolean;
  readonly okScores?: string;
  readonly ngScores?: string;
  readonly mmPerPx?: string;
}

export function addCalibrateCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("calibrate")
      .description("set the threshold: from the stored dataset, or from scores")
      .option("--percentile <p>", "percentile of the OK scores, 99 or 0.99")
      .option("--area-mm2 <mm2>", "drop smaller regions")
      .option("--mm-per-px <mm>", "millimetres per pixel to note with it")
      .option("--without-ng", "the dataset need not have NG pictures")
      .option("--ok-scores <list>", "comma-separated scores in place of the dataset")
      .option("--ng-scores <list>", "comma-separated scores of NG pictures"),
  ).action((options: CalibrateOptions) =>
    withServer(options, async (client) => {
      const calibration =
        options.okScores === undefined
          ? await fromDataset(client, options)
          : await fromScores(client, options, options.okScores);
      printResult(
        calibration,
        options.json,
        (done) =>
          `threshold ${done.threshold} (OK ${done.score_percentile} %: ${done.p99_ok}, NG 5 %: ${done.p5_ng ?? "-"})`,
      );
    }),
  );
}

function fromDataset(client: QuatrainClient, options: CalibrateOptions) {
  return client.call(calibrateDataset, {
    ...roiFields(options),
    score_percentile: options.percentile,
    area_mm2_thr: options.areaMm2,
    default_mm_per_px: options.mmPerPx,
    require_ng: !options.withoutNg,
  });
}

function fromScores(client: QuatrainClient, options: CalibrateOptions, okScores: string) {
  return client.call(calibrateNg, {
    ...roiFields(options),
    ok_scores: numbers("--ok-scores", okScores),
    ng_scores: options.ngScores === undefined ? null : numbers("--ng-scores", options.ngScores),
    score_percentile: options.percentile,
    area_mm2_thr: options.areaMm2,
    mm_per_px: options.mmPerPx,
  });
}

function numbers(option: string, list: string): number[] {
  const parsed = list.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (parsed.some(Number.isNaN))
    throw userError("invalid_scores", 400, `${option} must be numbers separated by commas`);
  return parsed;
}
