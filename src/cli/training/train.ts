import { isAbsolute } from "node:path";
import type { Command } from "commander";
import type { ClientInputOf } from "../../contracts/route.ts";
import * as contract from "../../contracts/training/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { withGlobalOptions } from "../global-options.ts";
import { note } from "../output.ts";
import { collect, settingsFrom } from "./set-options.ts";
import { type FollowOptions, refuseLonelyDetach, startJob, withFollowOptions } from "./start.ts";

interface TrainOptions extends FollowOptions {
  readonly model: string;
  readonly framework: string;
  readonly task?: NewJob["config"]["task_type"];
  readonly epochs?: string;
  readonly batchSize?: string;
  readonly lr?: string;
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly name?: string;
  readonly project?: string;
  readonly public?: boolean;
}

type NewJob = ClientInputOf<typeof contract.createTrainingJob>;

export function addTrainCommand(training: Command): void {
  withGlobalOptions(
    withFollowOptions(
      training
        .command("train <dataset>")
        .description(
          "train a model on a dataset, or on a folder of the server below QUATRAIN_ROOTS, and follow it to its end",
        )
        .option("--model <name>", "a model of `training models`", "cnn4")
        .option("--framework <name>", "quatrain, timm or ultralytics", "quatrain")
        .option("--task <type>", "image_classification or object_detection (default: the dataset's)")
        .option("--epochs <n>", "epochs (default: 50)")
        .option("--batch-size <n>", "pictures of one step (default: 32)")
        .option("--lr <rate>", "learning rate (default: the preset's, else 0.001)")
        .option("--preset <name>", "basic, standard, aggressive or fine_tuning")
        .option("--set <name=value>", "any advanced setting, as optimizer.type=sgd; may be repeated", collect)
        .option("--name <name>", "name of the experiment")
        .option("--project <id>", "project that it belongs to")
        .option("--public", "everybody who may sign in sees it"),
    ),
  ).action(train);
}

async function train(dataset: string, options: TrainOptions): Promise<void> {
  const advanced = advancedOf(options);
  const source = sourceOf(dataset);
  await withServer(options, async (client) => {
    refuseLonelyDetach(options);
    const task = options.task ?? (source.dataset_id === undefined ? "image_classification" : null);
    const taskType = task ?? (await client.call(contract.getDataset, { dataset_id: dataset })).task_type;
    const job = await client.call(contract.createTrainingJob, {
      experiment_name: options.name,
      project_id: options.project,
      visibility: options.public ? "public" : "private",
      config: {
        framework: options.framework,
        model_name: options.model,
        task_type: taskType,
        ...source,
        epochs: options.epochs,
        batch_size: options.batchSize,
        learning_rate: options.lr,
        advanced_config: advanced,
      },
    });
    for (const warning of job.warnings) note(`warning: ${warning}`);
    await startJob(client, job.id, {}, options);
  });
}

/** A dataset's id, or a folder on the server. */
function sourceOf(dataset: string): Pick<NewJob["config"], "dataset_id" | "dataset_path"> {
  if (isAbsolute(dataset)) return { dataset_path: dataset };
  if (!/[/\\]/.test(dataset)) return { dataset_id: dataset };
  throw userError(
    "not_a_dataset",
    400,
    `${dataset} is not the id of a dataset: quatrain training dataset import ${dataset} makes one of it`,
  );
}

/** `--lr` is meant to hold, also where a preset has a learning rate of its own. */
function advancedOf({ set = [], preset, lr }: TrainOptions): Record<string, unknown> {
  const rate = lr === undefined ? [] : [`optimizer.learning_rate=${lr}`];
  const settings = settingsFrom(
    set.some((one) => one.startsWith("optimizer.learning_rate=")) ? set : [...set, ...rate],
  );
  return preset === undefined ? settings : { preset, ...settings };
}
