import { join } from "node:path";
import { encodeCheckpoint } from "../checkpoint-file.ts";
import type { TrainerCheckpoint } from "../port.ts";
import { demandSoundWeights } from "./broken-numbers.ts";
import { checkpointOf } from "./checkpoint-of-run.ts";
import type { TrainingRun } from "./training-run.ts";
import { writeWholeFile } from "./whole-file.ts";

/** Of training that may be lost, within an epoch that takes longer. */
const SAVE_EVERY_SECONDS = 600;

/**
 * Writes a checkpoint of the run as it stands and announces it, once the file before has been taken.
 * @throws TrainingFailure `nan_loss` for weights that are not worth it; the operating system's error for a full disk
 */
export async function saveCheckpoint(
  run: TrainingRun,
  roles: TrainerCheckpoint["roles"],
  metric: number | null,
): Promise<void> {
  const { epoch, step } = run.standing;
  demandSoundWeights(
    run,
    step === 0 ? { epoch: Math.max(1, epoch), step: 0 } : { epoch: epoch + 1, step: step - 1 },
  );
  await run.link.filesTaken();
  const file = join(run.workDir, `epoch-${epoch}-step-${step}.safetensors`);
  const whole = await writeWholeFile(file, await encodeCheckpoint(checkpointOf(run, metric)));
  run.link.announce({ type: "checkpoint", roles, epoch, file, ...whole, metric });
}

/**
 * Within a long epoch: a checkpoint now and then.
 * @param seconds that the step just taken took
 */
export async function saveOnTheWay(run: TrainingRun, seconds: number): Promise<void> {
  const now = run.standing.sums.seconds;
  const saves = (after: number) => Math.floor(after / SAVE_EVERY_SECONDS);
  if (saves(now) > saves(now - seconds)) await saveCheckpoint(run, ["last"], null);
}
