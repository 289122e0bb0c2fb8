import { readFile } from "node:fs/promises";
import { messageOf, QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import { type Checkpoint, unreadable } from "../checkpoint.ts";
import { decodeCheckpoint } from "../checkpoint-file.ts";
import type { TrainerEvent, TrainerTask } from "../port.ts";
import { isExhausted } from "./best-epoch.ts";
import { endEpoch } from "./end-epoch.ts";
import { failureEvent } from "./failures.ts";
import { prepareRun } from "./prepare-run.ts";
import { saveCheckpoint } from "./save-checkpoint.ts";
import type { ServerLink } from "./server-link.ts";
import { trainEpoch } from "./train-epoch.ts";
import type { TrainingRun } from "./training-run.ts";

/**
 * One run from beginning to end, or from a checkpoint on. It blocks its thread for one step at a time.
 * @returns the last event, to be told once everything else has been: nothing is thrown
 */
export async function train(task: TrainerTask, link: ServerLink): Promise<TrainerEvent> {
  let run: TrainingRun | null = null;
  let epoch = 0;
  try {
    const checkpoint = task.resumeFrom === null ? null : await readCheckpoint(task.resumeFrom);
    epoch = checkpoint?.facts.epoch ?? 0;
    const prepared = await prepareRun(task, checkpoint, link);
    run = prepared.run;
    link.tell(prepared.started);
    return await trainToTheEnd(run);
  } catch (error) {
    if (run === null && link.stop.aborted && error === link.stop.reason) return { type: "stopped", epoch };
    return failureEvent(error, run === null ? null : run.standing.epoch + 1);
  }
}

async function readCheckpoint(file: string): Promise<Checkpoint> {
  try {
    return await decodeCheckpoint(await readFile(file));
  } catch (error) {
    if (error instanceof QuatrainError) throw error;
    throw unreadable(messageOf(error));
  }
}

async function trainToTheEnd(run: TrainingRun): Promise<TrainerEvent> {
  const { standing, config, link } = run;
  const { earlyStopping } = config.validation;
  while (standing.epoch < config.epochs && !isExhausted(standing.patience, earlyStopping)) {
    const goesOn = (await trainEpoch(run)) && (await endEpoch(run));
    if (goesOn) continue;
    if (standing.step > 0) await saveCheckpoint(run, ["last"], null);
    await link.filesTaken();
    return { type: "stopped", epoch: standing.epoch };
  }
  await link.filesTaken();
  return { type: "completed", epochs: standing.epoch, earlyStopped: standing.epoch < config.epochs };
}
