import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import type { z } from "zod";
import type { QuatrainClient } from "../../client/index.ts";
import { type InferAnswer, infer as inferContract } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult, table } from "../output.ts";
import { filePart, listPictures } from "../picture-files.ts";
import { showProgress } from "../progress.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface InferOptions extends RoiOptions {
  readonly mmPerPx: string;
  readonly shape?: string;
  readonly out?: string;
  readonly uncalibrated?: boolean;
  readonly failOnNg?: boolean;
}

export interface InferredPicture extends z.infer<typeof InferAnswer> {
  readonly file: string;
  /** Where the overlay was written, with `--out`. */
  readonly overlay?: string;
}

/** `--fail-on-ng`: at least one picture was ng. */
const EXIT_NG = 3;

export function addInferCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("infer <pictures...>")
      .description("inspect pictures, or the pictures in folders")
      .requiredOption("--mm-per-px <mm>", "millimetres per pixel")
      .option("--shape <json>", "mask in pixels of the crop")
      .option("--out <dir>", "write an overlay picture of each")
      .option("--uncalibrated", "score without a threshold")
      .option("--fail-on-ng", `exit with ${EXIT_NG} when a picture is ng`),
  ).action(infer);
}

async function infer(paths: string[], options: InferOptions): Promise<void> {
  const files = await listPictures(paths);
  const results = await withServer(options, (client) => inferAll(client, files, options));
  printResult(results, options.json, (all) =>
    table(
      ["picture", "decision", "score", "threshold", "regions", "largest mm2", "overlay"],
      all.map((one) => [
        one.file,
        one.decision,
        one.score.toFixed(3),
        one.threshold?.toFixed(3),
        one.n_regions,
        one.regions[0]?.area_mm2.toFixed(2),
        one.overlay,
      ]),
    ),
  );
  if (options.failOnNg && results.some((one) => one.decision === "ng")) process.exitCode = EXIT_NG;
}

async function inferAll(
  client: QuatrainClient,
  files: readonly string[],
  options: InferOptions,
): Promise<InferredPicture[]> {
  const progress = showProgress("infer");
  const results: InferredPicture[] = [];
  try {
    for (const [index, file] of files.entries()) {
      progress.update(index / files.length, basename(file));
      results.push(await inferOne(client, file, options));
    }
    return results;
  } finally {
    progress.stop();
  }
}

async function inferOne(
  client: QuatrainClient,
  file: string,
  options: InferOptions,
): Promise<InferredPicture> {
  const answer = await client.call(
    inferContract,
    {
      ...roiFields(options),
      mm_per_px: options.mmPerPx,
      shape: options.shape,
      include_heatmap: false,
      include_overlay: options.out !== undefined,
      allow_uncalibrated: options.uncalibrated ?? false,
    },
    { image: [await filePart(file)] },
  );
  if (options.out === undefined) return { ...answer, file };
  await mkdir(options.out, { recursive: true });
  const overlay = join(options.out, `${basename(file)}.overlay.png`);
  await writeFile(overlay, Buffer.from(answer.overlay_png_base64 ?? "", "base64"));
  return { ...answer, overlay_png_base64: null, file, overlay };
}
