import type { Command } from "commander";
import type { ClientInputOf } from "../../../contracts/route.ts";
import * as contract from "../../../contracts/training/index.ts";
import { withServer } from "../../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../../global-options.ts";
import { note, printResult, table } from "../../output.ts";
import { saveStream } from "../../save-stream.ts";
import { bytesText } from "../units.ts";
import { describeCheck, describeDataset } from "./describe-dataset.ts";
import { addImportCommand } from "./import.ts";

interface ListOptions extends GlobalOptions {
  readonly project?: string;
  readonly search?: string;
  readonly limit: string;
}

interface ExportOptions extends GlobalOptions {
  readonly out: string;
  readonly format: ClientInputOf<typeof contract.exportDataset>["format"];
}

export function addDatasetCommands(dataset: Command): void {
  addImportCommand(dataset);

  withGlobalOptions(
    dataset
      .command("list")
      .description("newest first")
      .option("--project <id>", "of this project only")
      .option("--search <text>", "in the name")
      .option("--limit <n>", "most datasets", "50"),
  ).action(list);

  withGlobalOptions(
    dataset.command("show <dataset>").description("classes, counts, splits, and what is wrong with it"),
  ).action((id: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const found = await client.call(contract.getDataset, { dataset_id: id });
      printResult(found, options.json, describeDataset);
    }),
  );

  withGlobalOptions(
    dataset
      .command("check <dataset>")
      .description("faults, imbalance, and duplicates within and across the split")
      .option("--exact", "only duplicates of the same bytes, not pictures that look alike"),
  ).action((id: string, options: GlobalOptions & { exact?: boolean }) =>
    withServer(options, async (client) => {
      const report = await client.call(contract.checkDataset, { dataset_id: id, near: !options.exact });
      printResult(report, options.json, describeCheck);
    }),
  );

  withGlobalOptions(
    dataset
      .command("export <dataset>")
      .description("save it as a zip archive")
      .requiredOption("-o, --out <file>", "where to")
      .option("--format <format>", "dice, imagefolder, coco, yolo or voc", "dice"),
  ).action(save);

  withGlobalOptions(
    dataset
      .command("delete <dataset>")
      .description("delete a dataset that no running job uses; there is no way back"),
  ).action((id: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const done = await client.call(contract.deleteDataset, { dataset_id: id });
      printResult(done, options.json, () => `deleted ${id}`);
    }),
  );
}

function list({ project, search, limit, ...options }: ListOptions): Promise<void> {
  return withServer(options, async (client) => {
    const { datasets, total } = await client.call(contract.listDatasets, {
      project_id: project,
      search,
      limit,
    });
    printResult(datasets, options.json, (all) =>
      table(
        ["id", "name", "format", "task", "classes", "pictures", "size", "problems", "created"],
        all.map((one) => [
          one.id,
          one.name,
          one.format,
          one.task_type,
          one.num_classes,
          one.image_count,
          bytesText(one.total_size_bytes),
          one.problem_count,
          one.created_at,
        ]),
      ),
    );
    if (total > datasets.length) note(`${datasets.length} of ${total}; --limit shows more`);
  });
}

function save(id: string, { out, format, ...options }: ExportOptions): Promise<void> {
  return withServer(options, async (client) => {
    const bytes = await saveStream(
      out,
      await client.stream(contract.exportDataset, { dataset_id: id, format }),
    );
    printResult({ file: out, format, bytes }, options.json, () => `${out}: ${bytesText(bytes)}`);
  });
}
