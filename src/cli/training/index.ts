import type { Command } from "commander";
import { addDatasetCommands } from "./dataset/index.ts";
import { addExportCommand } from "./export-model.ts";
import { addJobCommands } from "./jobs.ts";
import { addLogsCommand } from "./logs.ts";
import { addModelsCommand } from "./models.ts";
import { addPredictCommand } from "./predict.ts";
import { addQueueCommand } from "./queue.ts";
import { addResultsCommand } from "./results/index.ts";
import { addStartCommands } from "./start.ts";
import { addTrainCommand } from "./train.ts";

export function addTrainingCommands(program: Command): void {
  const training = program.command("training").description("train models on pictures, without Python");
  addDatasetCommands(training.command("dataset").description("pictures with their labels"));
  addTrainCommand(training);
  addJobCommands(training);
  addStartCommands(training);
  addLogsCommand(training);
  addResultsCommand(training);
  addPredictCommand(training);
  addExportCommand(training);
  addModelsCommand(training);
  addQueueCommand(training);
}
