import type { Command } from "commander";
import type { z } from "zod";
import {
  type CalibrationReport,
  calibrationReport,
  listCalibrations,
} from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface ReportOptions extends RoiOptions {
  readonly calibration?: string;
  readonly falseAlarms?: string;
  readonly bins?: string;
  readonly list?: boolean;
  readonly scores?: boolean;
}

type Report = z.infer<typeof CalibrationReport>;

export function addReportCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("report")
      .description("what a calibration is worth: AUROC, thresholds, confusion, histogram of the scores")
      .option("--calibration <id>", "another one than that in use")
      .option("--list", "list the calibrations instead")
      .option("--false-alarms <rate>", "target share of false alarms (default: 0.01)")
      .option("--bins <n>", "bars of the histogram (default: 20)")
      .option("--scores", "every picture with its score too"),
  ).action((options: ReportOptions) => (options.list ? list(options) : report(options)));
}

async function list(options: ReportOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(listCalibrations, roiFields(options));
    printResult(answer, options.json, ({ items }) =>
      table(
        ["id", "made", "from", "version", "threshold", "ok", "ng", "operator", ""],
        items.map((one) => [
          one.calibration_id,
          one.created_at_utc,
          one.origin,
          one.model_version,
          one.threshold,
          one.n_ok,
          one.n_ng,
          one.operator_id,
          one.in_use ? "in use" : "",
        ]),
      ),
    );
  });
}

async function report(options: ReportOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(calibrationReport, {
      ...roiFields(options),
      calibration_id: options.calibration,
      target_false_alarm_rate: options.falseAlarms,
      bins: options.bins,
    });
    printResult(answer, options.json, (told) =>
      [
        `calibration ${told.calibration_id} of ${told.created_at_utc}: ${told.n_ok} OK, ${told.n_ng} NG, memory version ${told.model_version ?? "-"}`,
        `AUROC ${told.auroc?.toFixed(4) ?? "-"}`,
        "",
        thresholds(told),
        ...(told.histogram === null ? [] : ["", bars(told.histogram)]),
        ...(options.scores && told.scores !== null ? ["", scores(told.scores)] : []),
        ...told.warnings.map((warning) => `! ${warning}`),
      ].join("\n"),
    );
  });
}

function thresholds(told: Report): string {
  const rows = [
    { name: "in use", threshold: told.threshold, confusion: told.confusion },
    { name: "best F1", ...told.best_f1 },
    { name: `false alarms up to ${told.false_alarm_target?.rate}`, ...told.false_alarm_target },
  ];
  return table(
    ["threshold", "at", "found", "missed", "false alarms", "quiet", "F1"],
    rows
      .filter(({ threshold }) => threshold !== undefined)
      .map(({ name, threshold, confusion }) => [
        name,
        threshold?.toFixed(4),
        confusion?.true_positives,
        confusion?.false_negatives,
        confusion?.false_positives,
        confusion?.true_negatives,
        confusion?.f1?.toFixed(3),
      ]),
  );
}

const BAR = 40;

/** One line per bin: `o` for OK, `x` for NG, both in one scale. */
function bars({ edges, ok, ng }: NonNullable<Report["histogram"]>): string {
  const most = Math.max(1, ...ok.map((count, at) => count + ng[at]!));
  const length = (count: number) => Math.ceil((count * BAR) / most);
  return table(
    ["from", "ok", "ng", ""],
    ok.map((count, at) => [
      edges[at]!.toFixed(4),
      count,
      ng[at],
      "o".repeat(length(count)) + "x".repeat(length(ng[at]!)),
    ]),
  );
}

function scores(list: NonNullable<Report["scores"]>): string {
  return table(
    ["label", "picture", "score", "decision"],
    list
      .toSorted((a, b) => b.score - a.score)
      .map((one) => [one.label, one.filename, one.score.toFixed(4), one.decision]),
  );
}
