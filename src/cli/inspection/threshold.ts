import type { Command } from "commander";
import { getThreshold, setThreshold } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface ThresholdOptions extends RoiOptions {
  readonly operator?: string;
  readonly note?: string;
}

export function addThresholdCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("threshold [value]")
      .description("set the threshold by hand; without a value: show it and its history")
      .option("--operator <id>", "who does it")
      .option("--note <text>", "why"),
  ).action((value: string | undefined, options: ThresholdOptions) =>
    withServer(options, async (client) => {
      const answer =
        value === undefined
          ? await client.call(getThreshold, roiFields(options))
          : await client.call(setThreshold, {
              ...roiFields(options),
              threshold: value,
              operator_id: options.operator,
              note: options.note,
            });
      printResult(
        answer,
        options.json,
        (told) =>
          `threshold ${told.threshold}\n\n${table(
            ["when", "why", "from", "to", "operator", "credential", "note"],
            told.history.map((one) => [
              one.at_utc,
              one.reason,
              one.from,
              one.to,
              one.operator_id,
              one.actor,
              one.note,
            ]),
          )}`,
      );
    }),
  );
}
