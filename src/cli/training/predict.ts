import { stat } from "node:fs/promises";
import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import type { AnswerOf, ClientInputOf } from "../../contracts/route.ts";
import { testInference } from "../../contracts/training/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult, table } from "../output.ts";
import { fileParts, listPictures } from "../picture-files.ts";
import { showProgress } from "../progress.ts";
import { batchesOf } from "./file-batches.ts";
import { percentText } from "./units.ts";

interface PredictOptions extends GlobalOptions {
  readonly topK: string;
  readonly threshold?: string;
  readonly epoch?: string;
}

interface PredictedPicture {
  readonly file: string;
  readonly predictions: AnswerOf<typeof testInference>["predictions"];
  readonly error: string | null;
}

/** Of one request: the contract's most, and what stays small. */
const BATCH = { files: 64, bytes: 64 * 2 ** 20 };

export function addPredictCommand(training: Command): void {
  withGlobalOptions(
    training
      .command("predict <job> <pictures...>")
      .description("try a trained model on pictures, or on those in folders")
      .option("--top-k <n>", "classes of each picture, the likeliest first", "5")
      .option("--threshold <share>", "leave out what is less likely than this, 0 to 1")
      .option("--epoch <n>", "with the checkpoint of this epoch (default: the best, else the last)"),
  ).action(predict);
}

async function predict(jobId: string, paths: string[], options: PredictOptions): Promise<void> {
  const fields = {
    training_job_id: jobId,
    top_k: options.topK,
    confidence_threshold: options.threshold,
    epoch: options.epoch,
  };
  const files = await listPictures(paths);
  const predicted = await withServer(options, (client) => predictAll(client, files, fields));
  printResult(predicted, options.json, (all) =>
    table(
      ["picture", "class", "share", "others"],
      all.map(({ file, predictions: [first, ...others], error }) => [
        file,
        error === null ? (first?.label ?? "none above the threshold") : `failed: ${error}`,
        percentText(first?.confidence),
        others.map(({ label, confidence }) => `${label} ${percentText(confidence)}`).join(", "),
      ]),
    ),
  );
  const failed = predicted.filter(({ error }) => error !== null).length;
  if (failed === 0) return;
  note(`${failed} of ${predicted.length} pictures could not be read`);
  process.exitCode = 1;
}

async function predictAll(
  client: QuatrainClient,
  paths: readonly string[],
  fields: ClientInputOf<typeof testInference>,
): Promise<PredictedPicture[]> {
  const progress = showProgress("predict");
  const files = await Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
  const predicted: PredictedPicture[] = [];
  try {
    for (const batch of batchesOf(files, BATCH)) {
      progress.update(predicted.length / files.length, `${predicted.length} of ${files.length}`);
      predicted.push(
        ...(await predictBatch(
          client,
          batch.map(({ path }) => path),
          fields,
        )),
      );
    }
    return predicted;
  } finally {
    progress.stop();
  }
}

async function predictBatch(
  client: QuatrainClient,
  paths: readonly string[],
  fields: ClientInputOf<typeof testInference>,
): Promise<PredictedPicture[]> {
  const answer = await client.call(testInference, fields, { file: await fileParts(paths) });
  // several files are answered in their order, one alone without a list
  const results = answer.results ?? [{ predictions: answer.predictions, error: null }];
  return paths.map((file, index) => ({
    file,
    predictions: results[index]?.predictions ?? [],
    error: results[index]?.error ?? null,
  }));
}
