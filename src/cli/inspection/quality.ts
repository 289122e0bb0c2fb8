import { type Command, Option } from "commander";
import { qualityGate, setQualityGate } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

const ON_POOR = ["warn", "undecided", "ng", "off"] as const;

interface QualityOptions extends RoiOptions {
  readonly onPoor?: (typeof ON_POOR)[number];
  readonly operator?: string;
}

export function addQualityCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("quality")
      .description("what good pictures of a ROI are like, and what a poor one means")
      .addOption(new Option("--on-poor <word>", "sets what a poor picture means").choices(ON_POOR))
      .option("--operator <id>", "who sets it"),
  ).action((options: QualityOptions) =>
    withServer(options, async (client) => {
      const roi = roiFields(options);
      const { onPoor, operator } = options;
      const gate =
        onPoor === undefined
          ? await client.call(qualityGate, roi)
          : await client.call(setQualityGate, { ...roi, on_poor: onPoor, operator_id: operator });
      printResult(gate, options.json, ({ on_poor, reference }) =>
        [
          `a poor picture: ${on_poor}`,
          ...(reference === null
            ? ["good pictures: nothing known, run `inspection fit`"]
            : [
                `good pictures: ${reference.n_images} looked at`,
                `sharpness: at least ${(100 * reference.min_relative_sharpness).toFixed(0)} % of their median`,
                `brightness: ${reference.min_brightness.toFixed(0)} to ${reference.max_brightness.toFixed(0)}`,
                `position: ${reference.max_offset_share === null ? "not judged" : `within ${(100 * reference.max_offset_share).toFixed(1)} % of the crop's sides`}`,
              ]),
        ].join("\n"),
      );
    }),
  );
}
