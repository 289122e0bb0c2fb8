import type { Command } from "commander";
import { inferDataset } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface InferDatasetOptions extends RoiOptions {
  readonly label?: string;
}

export function addInferDatasetCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("infer-dataset")
      .description("inspect every picture of the stored dataset")
      .option("--label <label>", "ok or ng only"),
  ).action((options: InferDatasetOptions) =>
    withServer(options, async (client) => {
      const labels = options.label === undefined ? null : [options.label];
      const answer = await client.call(inferDataset, { ...roiFields(options), labels });
      printResult(answer, options.json, ({ items }) =>
        table(
          ["label", "picture", "decision", "score", "threshold", "regions", "error"],
          items.map((one) => [
            one.label,
            one.filename,
            one.decision,
            one.score?.toFixed(3),
            one.threshold?.toFixed(3),
            one.n_regions,
            one.error,
          ]),
        ),
      );
    }),
  );
}
