import { basename, extname, resolve } from "node:path";
import type { Command } from "commander";
import type { z } from "zod";
import { ClientError, type QuatrainClient } from "../../../client/index.ts";
import { type DatasetFormat, getDataset } from "../../../contracts/training/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { withServer } from "../../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../../global-options.ts";
import { EXIT_INTERRUPTED, untilInterrupted } from "../../interrupt.ts";
import { note, printResult } from "../../output.ts";
import { showProgress } from "../../progress.ts";
import { bytesText, counted } from "../units.ts";
import { describeDataset } from "./describe-dataset.ts";
import { type Destination, type Sent, sendArchive, sendFolder } from "./send-files.ts";
import { openSource, type Source } from "./source.ts";

interface ImportOptions extends GlobalOptions {
  readonly name?: string;
  readonly description?: string;
  readonly format: z.infer<typeof DatasetFormat>;
  readonly project?: string;
  readonly public?: boolean;
  readonly into?: string;
}

export function addImportCommand(dataset: Command): void {
  withGlobalOptions(
    dataset
      .command("import <path>")
      .description("upload a folder of pictures with its annotations, or a zip archive")
      .option("--name <name>", "name (default: the folder's or the archive's)")
      .option("--description <text>", "a few words")
      .option("--format <format>", "auto, dice, imagefolder, coco, yolo or voc", "auto")
      .option("--project <id>", "project that it belongs to")
      .option("--public", "everybody who may sign in sees it")
      .option("--into <dataset>", "add to this dataset; a file whose path is there already replaces it"),
  ).action(importDataset);
}

async function importDataset(path: string, options: ImportOptions): Promise<void> {
  const source = await openSource(path);
  const destination = destinationOf(path, options);
  const sent: Sent = { dataset: null, files: 0, skipped: 0 };
  await withServer(options, async (client) => {
    const outcome = await untilInterrupted((signal) =>
      upload(client.withSignal(signal), destination, source, sent),
    ).catch((error: unknown) => {
      tellOfRest(sent, source);
      throw inOurWords(error, source);
    });
    if (!outcome.interrupted) return report(client, sent, source, options);
    tellOfRest(sent, source);
    process.exitCode = EXIT_INTERRUPTED;
  });
}

async function upload(client: QuatrainClient, to: Destination, source: Source, sent: Sent): Promise<void> {
  const progress = showProgress("upload");
  try {
    if (source.kind === "folder") return await sendFolder(client, to, source.files, sent, progress.update);
    progress.update(0, bytesText(source.bytes));
    await sendArchive(client, to, source.path, sent);
  } finally {
    progress.stop();
  }
}

async function report(
  client: QuatrainClient,
  sent: Sent,
  source: Source,
  { json }: ImportOptions,
): Promise<void> {
  if (sent.dataset === null) return;
  const dataset = await client.call(getDataset, { dataset_id: sent.dataset.id });
  const passedOver = [
    source.kind === "folder" && source.others > 0
      ? `${counted(source.others, "file")} that are neither pictures nor annotations`
      : "",
    source.kind === "folder" && source.links > 0 ? counted(source.links, "symbolic link") : "",
    sent.skipped > 0 ? `${counted(sent.skipped, "file")} of operating systems and the like` : "",
  ].filter((text) => text !== "");
  if (passedOver.length > 0) note(`left out: ${passedOver.join(", ")}`);
  printResult({ ...dataset, skipped_files: sent.skipped }, json, (one) =>
    [describeDataset(one), "", `train on it: quatrain training train ${one.id}`].join("\n"),
  );
}

function destinationOf(path: string, options: ImportOptions): Destination {
  if (options.into !== undefined) {
    if (options.name !== undefined || options.project !== undefined || options.public)
      throw userError(
        "invalid_option",
        400,
        "--into adds to a dataset that has its name, project and visibility",
      );
    return { datasetId: options.into };
  }
  const file = basename(resolve(path));
  return {
    fields: {
      name:
        options.name ??
        (basename(file, extname(file).toLowerCase() === ".zip" ? extname(file) : "") || "dataset"),
      description: options.description,
      format: options.format,
      visibility: options.public ? "public" : "private",
      project_id: options.project,
    },
  };
}

/** Files that have arrived stay: what to do with them. */
function tellOfRest({ dataset, files }: Sent, source: Source): void {
  note(
    dataset === null || source.kind !== "folder"
      ? "nothing was imported"
      : `dataset ${dataset.id} holds the first ${files} of ${source.files.length} files: the same command with ` +
          `--into ${dataset.id} completes it, quatrain training dataset delete ${dataset.id} removes it`,
  );
}

function inOurWords(error: unknown, source: Source): unknown {
  if (!(error instanceof ClientError) || error.status !== 413 || source.kind !== "archive") return error;
  return userError(
    "too_large",
    413,
    `${error.message}. Unpack the archive and import the folder, or raise QUATRAIN_MAX_FILE and QUATRAIN_MAX_UPLOAD of the server`,
  );
}
