import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import * as contract from "../../contracts/inspection/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { fileParts, listPictures } from "../picture-files.ts";
import { showProgress } from "../progress.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface LabelOptions extends RoiOptions {
  readonly label: string;
}

interface AddOptions extends LabelOptions {
  readonly mmPerPx?: string;
}

/** Pictures of one request: each request is all or nothing, and a bad one names its picture. */
const BATCH = 20;

export function addDatasetCommands(dataset: Command): void {
  withRoiOptions(
    dataset
      .command("add <pictures...>")
      .description("add pictures, or the pictures in folders")
      .requiredOption("--label <label>", "ok or ng")
      .option("--mm-per-px <mm>", "millimetres per pixel, noted with each picture"),
  ).action(add);
  addFileCommands(dataset);

  withRoiOptions(dataset.command("list").description("classes, counts and files")).action(
    (options: RoiOptions) =>
      withServer(options, async (client) => {
        const { classes } = await client.call(contract.listDataset, roiFields(options));
        printResult(classes, options.json, ({ ok, ng }) =>
          table(
            ["label", "count", "newest"],
            [
              ["ok", ok.count, ok.files.at(-1)],
              ["ng", ng.count, ng.files.at(-1)],
            ],
          ),
        );
      }),
  );

  withRoiOptions(
    dataset
      .command("clear")
      .description("delete every picture of one class")
      .requiredOption("--label <label>", "ok or ng"),
  ).action((options: LabelOptions) =>
    withServer(options, async (client) => {
      const answer = await client.call(contract.clearDataset, {
        ...roiFields(options),
        label: options.label,
      });
      printResult(answer, options.json, ({ cleared, label }) => `${cleared} ${label} pictures deleted`);
    }),
  );
}

function addFileCommands(dataset: Command): void {
  withRoiOptions(
    dataset
      .command("get <filename>")
      .description("save one picture")
      .requiredOption("--label <label>", "ok or ng")
      .option("--out <file>", "where to (default: the same name here)"),
  ).action((filename: string, options: LabelOptions & { out?: string }) =>
    withServer(options, async (client) => {
      const target = options.out ?? basename(filename);
      const bytes = await client.bytes(contract.getDatasetFile, {
        ...roiFields(options),
        label: options.label,
        filename,
      });
      await writeFile(target, bytes);
      printResult(
        { file: target, bytes: bytes.length },
        options.json,
        () => `${target}: ${bytes.length} bytes`,
      );
    }),
  );

  withRoiOptions(
    dataset
      .command("meta <filename>")
      .description("print a picture's sidecar")
      .requiredOption("--label <label>", "ok or ng"),
  ).action((filename: string, options: LabelOptions) =>
    withServer(options, async (client) => {
      const meta = await client.call(contract.getDatasetMeta, {
        ...roiFields(options),
        label: options.label,
        filename,
      });
      printResult(meta, true, String);
    }),
  );

  withRoiOptions(
    dataset
      .command("remove <filename>")
      .description("delete one picture and its sidecar")
      .requiredOption("--label <label>", "ok or ng"),
  ).action((filename: string, options: LabelOptions) =>
    withServer(options, async (client) => {
      const answer = await client.call(contract.deleteDatasetFile, {
        ...roiFields(options),
        label: options.label,
        filename,
      });
      printResult(answer, options.json, ({ deleted }) =>
        deleted ? `${filename} deleted` : `there was no ${filename}`,
      );
    }),
  );
}

async function add(paths: string[], options: AddOptions): Promise<void> {
  const upload = uploadContract(options.label);
  const files = await listPictures(paths);
  const saved: string[] = [];
  const progress = showProgress("upload");
  try {
    await withServer(options, async (client) => {
      for (let start = 0; start < files.length; start += BATCH) {
        progress.update(start / files.length, `${start} of ${files.length}`);
        const images = await fileParts(files.slice(start, start + BATCH));
        const metas =
          options.mmPerPx === undefined ? undefined : images.map(() => metaText(options.mmPerPx!));
        const answer = await client.call(upload, { ...roiFields(options), metas }, { images });
        saved.push(...answer.saved);
      }
    });
  } finally {
    progress.stop();
  }
  printResult({ saved }, options.json, () => `${saved.length} pictures added`);
}

function uploadContract(label: string) {
  if (label.toLowerCase() === "ok") return contract.uploadOk;
  if (label.toLowerCase() === "ng") return contract.uploadNg;
  throw userError("invalid_label", 400, `--label must be ok or ng, not ${label}`);
}

function metaText(mmPerPx: string): string {
  return JSON.stringify({ mm_per_px: Number(mmPerPx) });
}
