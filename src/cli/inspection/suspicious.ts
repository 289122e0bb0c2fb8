import type { Command } from "commander";
import { suspicious } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface SuspiciousOptions extends RoiOptions {
  readonly all?: boolean;
}

export function addSuspiciousCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("suspicious")
      .description("OK pictures of the dataset that look like none, the strangest first")
      .option("--all", "every OK picture"),
  ).action((options: SuspiciousOptions) =>
    withServer(options, async (client) => {
      const answer = await client.call(suspicious, roiFields(options));
      printResult(answer, options.json, ({ items, n_suspicious, n_ok, rule, warnings }) =>
        [
          `${n_suspicious} of ${n_ok} OK pictures are suspicious. ${rule}`,
          table(
            ["picture", "score", "z", "decision", ""],
            items
              .filter((one) => options.all || one.suspicious)
              .map((one) => [
                one.filename,
                one.score.toFixed(4),
                one.z.toFixed(1),
                one.decision,
                one.suspicious ? "suspicious" : "",
              ]),
          ),
          ...warnings.map((warning) => `! ${warning}`),
        ].join("\n"),
      );
    }),
  );
}
