import type { Command } from "commander";
import { manifest } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

export function addStatusCommand(inspection: Command): void {
  withRoiOptions(inspection.command("status").description("memory, calibration and dataset of a ROI")).action(
    (options: RoiOptions) =>
      withServer(options, async (client) => {
        const found = await client.call(manifest, roiFields(options));
        printResult(found, options.json, ({ calib, datasets, ...roi }) =>
          [
            roi.memory
              ? `memory: version ${roi.model_version} (${roi.backbone})`
              : "memory: none, run `inspection fit`",
            calib === null
              ? "calibration: none, run `inspection calibrate`"
              : `calibration: threshold ${calib.threshold}, regions from ${calib.area_mm2_thr} mm2, of ${calib.created_at_utc}`,
            `dataset: ${datasets.classes.ok.count} ok, ${datasets.classes.ng.count} ng`,
            `scale: ${roi.mm_per_px === null ? "not locked yet" : `${roi.mm_per_px} mm per pixel`} (recipe ${roi.recipe_id})`,
          ].join("\n"),
        );
      }),
  );
}
