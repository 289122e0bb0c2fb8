import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FilePart, QuatrainClient } from "../../client/index.ts";
import * as contract from "../../contracts/training/index.ts";
import { encodePng } from "../../ml/images/edit-picture.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { table } from "../output.ts";
import { type Progress, showProgress } from "../progress.ts";
import { saveStream } from "../save-stream.ts";
import type { TrainingJob } from "../training/describe-job.ts";
import { followTraining } from "../training/follow/follow-job.ts";
import type { TrainingListener } from "../training/follow/live-events.ts";
import { percentText } from "../training/units.ts";
import { drawPart, PART_KINDS } from "./training-parts.ts";

const EACH = 60;
const TRIED_EACH = 2;
const SETTINGS = { epochs: 8, batch_size: 16, learning_rate: 0.003 };
/** Seeds that no picture of the dataset has. */
const NEW_SEEDS = 900_000;

/** Three kinds of drawn parts, sorted by a small network that is trained on them; then parts that it has never seen. */
export async function demonstrateTraining(client: QuatrainClient, outDir: string): Promise<void> {
  const progress = showProgress("training");
  await mkdir(outDir, { recursive: true });
  try {
    progress.update(0, "drawing and uploading parts");
    const dataset = await uploadParts(client);
    const job = await train(client, dataset.id, progress);
    progress.update(0.9, "sorting new parts");
    const rows = await sortNewParts(client, job.id, outDir);
    const model = join(outDir, "model.onnx");
    await saveStream(model, await client.stream(contract.exportModel, { job_id: job.id }));
    progress.stop();
    process.stdout.write(
      `training: ${dataset.image_count} drawn parts of ${dataset.num_classes} kinds, ${job.model_name} for ${job.current_epoch} epochs in ${secondsOf(job)} s; ${job.primary_metric} ${percentText(job.best_metric)}\n\n`,
    );
    process.stdout.write(`${table(["part", "taken for", "share", "picture"], rows)}\n\nmodel: ${model}\n`);
  } finally {
    progress.stop();
  }
}

async function uploadParts(client: QuatrainClient) {
  const drawn = PART_KINDS.flatMap((kind, at) =>
    Array.from({ length: EACH }, async (_, index): Promise<FilePart & { readonly path: string }> => {
      const content = new Blob([await partPng(kind, 10_000 * at + index)]);
      return { path: `${kind}/${index}.png`, filename: `${kind}/${index}.png`, content };
    }),
  );
  const files = await Promise.all(drawn);
  return client.call(
    contract.createDataset,
    { name: "Demo: bolts, nuts, washers", format: "imagefolder", paths: files.map(({ path }) => path) },
    { files },
  );
}

async function train(client: QuatrainClient, datasetId: string, progress: Progress): Promise<TrainingJob> {
  const { id } = await client.call(contract.createTrainingJob, {
    experiment_name: "Demo",
    config: {
      framework: "quatrain",
      model_name: "cnn4",
      task_type: "image_classification",
      dataset_id: datasetId,
      ...SETTINGS,
      advanced_config: {
        preprocessing: { image_size: 32 },
        augmentation: { random_flip: true },
        scheduler: { type: "cosine" },
      },
    },
  });
  await client.call(contract.startTrainingJob, { job_id: id });
  const signal = new AbortController().signal;
  const job = await followTraining(client, id, watching(progress), { signal, tail: 0 });
  if (job.status === "completed") return job;
  throw userError(
    "demo_failed",
    500,
    `The demonstration's training ${job.status}: ${job.error_message ?? ""}`,
  );
}

function watching(progress: Progress): TrainingListener {
  let accuracy = "";
  return {
    status() {},
    log() {},
    connection() {},
    epoch(event) {
      accuracy = `, accuracy ${percentText(event.accuracy) ?? "-"}`;
    },
    step({ epoch, step, steps_per_epoch }) {
      const done = (epoch - 1 + step / (steps_per_epoch ?? step)) / SETTINGS.epochs;
      progress.update(0.1 + 0.8 * done, `epoch ${epoch} of ${SETTINGS.epochs}${accuracy}`);
    },
  };
}

async function sortNewParts(client: QuatrainClient, jobId: number, outDir: string): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [at, kind] of PART_KINDS.entries()) {
    for (let index = 0; index < TRIED_EACH; index++) {
      const png = await partPng(kind, NEW_SEEDS + 100 * at + index);
      const picture = join(outDir, `${kind}-${index + 1}.png`);
      await writeFile(picture, png);
      const file = [{ filename: `${kind}.png`, content: new Blob([png]) }];
      const { predictions } = await client.call(
        contract.testInference,
        { training_job_id: jobId, top_k: 1 },
        { file },
      );
      const [first] = predictions;
      rows.push([
        `${kind} ${index + 1}`,
        first?.label ?? "-",
        percentText(first?.confidence) ?? "-",
        picture,
      ]);
    }
  }
  return rows;
}

async function partPng(kind: (typeof PART_KINDS)[number], seed: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await encodePng(drawPart(kind, seed), 3));
}

function secondsOf({ started_at, completed_at }: TrainingJob): string {
  if (started_at === null || completed_at === null) return "-";
  return ((Date.parse(completed_at) - Date.parse(started_at)) / 1_000).toFixed(1);
}
