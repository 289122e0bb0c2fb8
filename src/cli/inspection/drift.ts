import type { Command } from "commander";
import { drift } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

export function addDriftCommand(inspection: Command): void {
  withRoiOptions(
    inspection.command("drift").description("the newest scores of a ROI beside those of its calibration"),
  ).action((options: RoiOptions) =>
    withServer(options, async (client) => {
      const found = await client.call(drift, roiFields(options));
      const figure = (value: number | null) => value?.toFixed(3) ?? "-";
      printResult(found, options.json, (one) =>
        [
          `${one.state}${one.causes.length > 0 ? ` (${one.causes.join(", ")})` : ""}`,
          `scores: ${one.n_scores} new, ${one.n_ok_scores} of them ok; calibrated with ${one.n_reference}`,
          `distance: ${figure(one.ks_distance)}, at most ${figure(one.ks_limit)}`,
          `median moved by ${figure(one.median_shift)}, 95 % percentile by ${figure(one.p95_shift)} interquartile ranges`,
          `above the threshold: ${figure(one.alarm_share)}`,
        ].join("\n"),
      );
    }),
  );
}
