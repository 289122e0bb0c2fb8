import type { Command } from "commander";
import {
  compareVersions,
  deleteVersion,
  listVersions,
  rollback,
  showVersion,
} from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface ChangeOptions extends RoiOptions {
  readonly operator?: string;
  readonly note?: string;
}

export function addVersionCommands(versions: Command): void {
  withRoiOptions(versions.command("list").description("newest first")).action(list);
  withRoiOptions(versions.command("show <version>").description("one, with its pictures")).action(show);
  withRoiOptions(versions.command("compare <a> <b>").description("what differs")).action(compare);
  withRoiOptions(
    versions
      .command("rollback <version>")
      .description("put another version in use, with its calibration")
      .option("--operator <id>", "who does it")
      .option("--note <text>", "why"),
  ).action(rollBack);
  withRoiOptions(
    versions
      .command("delete <version>")
      .description("delete one that is not in use")
      .option("--operator <id>", "who does it"),
  ).action(remove);
}

async function list(options: RoiOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(listVersions, { ...roiFields(options), limit: 100 });
    printResult(answer, options.json, ({ items }) =>
      table(
        ["version", "made", "from", "backbone", "pictures", "patches", "threshold", "operator", ""],
        items.map((one) => [
          one.version,
          one.created_at_utc,
          one.origin,
          one.backbone,
          one.n_images,
          one.coreset_size,
          one.calibration?.threshold,
          one.operator_id,
          one.in_use ? "in use" : "",
        ]),
      ),
    );
  });
}

async function show(version: string, options: RoiOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(showVersion, { ...roiFields(options), version });
    printResult(answer, options.json, (told) =>
      [
        `version ${told.version}${told.in_use ? " (in use)" : ""} of ${told.created_at_utc}, ${told.backbone}, ${told.origin}`,
        `${told.coreset_size} of ${told.n_embeddings} patches kept, ${told.mm_per_px} mm per pixel, operator ${told.operator_id ?? "-"}`,
        `threshold ${told.calibration?.threshold ?? "-"}`,
        `settings ${JSON.stringify(told.settings)}`,
        "",
        table(
          ["picture", "sha256"],
          told.dataset.map((one) => [one.filename, one.sha256]),
        ),
      ].join("\n"),
    );
  });
}

async function compare(a: string, b: string, options: RoiOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(compareVersions, { ...roiFields(options), a, b });
    printResult(answer, options.json, (told) =>
      [
        table(
          ["", `version ${told.a.version}`, `version ${told.b.version}`],
          [
            ["made", told.a.created_at_utc, told.b.created_at_utc],
            ["backbone", told.a.backbone, told.b.backbone],
            ["pictures", told.a.n_images, told.b.n_images],
            ["patches kept", told.a.coreset_size, told.b.coreset_size],
            ["threshold", told.a.calibration?.threshold, told.b.calibration?.threshold],
            ["AUROC", told.auroc.a?.toFixed(4), told.auroc.b?.toFixed(4)],
            ["found", told.confusion.a?.detection_rate, told.confusion.b?.detection_rate],
            ["false alarms", told.confusion.a?.false_alarm_rate, told.confusion.b?.false_alarm_rate],
            ...Object.entries(told.settings).map(([name, value]) => [name, value.a, value.b]),
          ],
        ),
        `pictures: ${told.dataset.both} in both, ${told.dataset.only_a.length} only in ${told.a.version}, ${told.dataset.only_b.length} only in ${told.b.version}`,
      ].join("\n"),
    );
  });
}

async function rollBack(version: string, options: ChangeOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(rollback, {
      ...roiFields(options),
      version,
      operator_id: options.operator,
      note: options.note,
    });
    printResult(answer, options.json, (done) =>
      [
        `version ${done.model_version} is in use (before: ${done.previous_version ?? "-"}), threshold ${done.threshold ?? "none"}`,
        ...done.warnings.map((warning) => `! ${warning}`),
      ].join("\n"),
    );
  });
}

async function remove(version: string, options: ChangeOptions): Promise<void> {
  await withServer(options, async (client) => {
    const answer = await client.call(deleteVersion, {
      ...roiFields(options),
      version,
      operator_id: options.operator,
    });
    printResult(answer, options.json, (done) => (done.deleted ? "deleted" : "there was no such version"));
  });
}
