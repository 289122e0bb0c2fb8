import type { Command } from "commander";
import type { z } from "zod";
import { type AcceptedFit, type FitAnswer, fitOk } from "../../contracts/inspection/index.ts";
import { withServer } from "../connection.ts";
import { printResult } from "../output.ts";
import { fileParts, listPictures } from "../picture-files.ts";
import { followJob } from "../progress.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface FitOptions extends RoiOptions {
  readonly mmPerPx: string;
  readonly keepAll?: boolean;
  readonly detail: string;
  readonly append?: boolean;
  readonly operator?: string;
  readonly backbone?: string;
}

export function addFitCommand(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("fit [pictures...]")
      .description(
        "learn the good parts: from these pictures or folders, or from the stored dataset when none is named",
      )
      .requiredOption("--mm-per-px <mm>", "millimetres per pixel")
      .option("--keep-all", "keep every patch (memory_fit)")
      .option("--backbone <id>", "engine of the memory, instead of the server's setting")
      .option("--detail <times>", "look 2 or 3 times finer, for small flaws in large pictures", "1")
      .option("--append", "add to the pictures of the last fit")
      .option("--operator <id>", "who does it"),
  ).action(fit);
}

async function fit(paths: string[], options: FitOptions): Promise<void> {
  const images = await fileParts(await listPictures(paths));
  await withServer(options, async (client) => {
    const accepted = (await client.call(
      fitOk,
      {
        ...roiFields(options),
        mm_per_px: options.mmPerPx,
        memory_fit: options.keepAll ?? false,
        detail: options.detail,
        use_dataset: images.length === 0,
        mode: options.append ? "append" : "replace",
        operator_id: options.operator,
        backbone: options.backbone,
        async: true,
      },
      { images },
    )) as unknown as z.infer<typeof AcceptedFit>;
    const result = (await followJob(client, accepted.job_id, "fit")) as z.infer<typeof FitAnswer>;
    printResult(
      result,
      options.json,
      (done) =>
        `version ${done.model_version}: ${done.n_images} pictures, ${done.coreset_size} of ${done.n_embeddings} patches kept (${done.backbone}, ${(done.elapsed_ms / 1_000).toFixed(1)} s)`,
    );
  });
}
