import { join } from "node:path";
import type { TrainerCheckpoint } from "../port.ts";
import { bestAfter, patienceAfter } from "./best-epoch.ts";
import { inWords, metricOf, rowOf } from "./epoch-row.ts";
import { NOTHING } from "./epoch-sums.ts";
import { saveCheckpoint } from "./save-checkpoint.ts";
import type { TrainingRun } from "./training-run.ts";
import { type Validation, validate } from "./validate.ts";
import { writeWholeFile } from "./whole-file.ts";

/**
 * What comes after the last step of an epoch: validation where it is due, the schedule's turn, the row of metrics, a
 * checkpoint.
 * @returns false after an order to stop, with the run standing before all of it
 */
export async function endEpoch(run: TrainingRun): Promise<boolean> {
  const { standing, config, learner } = run;
  const epoch = standing.epoch + 1;
  const validation = isDue(run, epoch) ? await validate(run) : undefined;
  if (validation === null) return false;
  if (validation !== undefined) await announceValidation(run, epoch, validation);
  const row = rowOf(run, epoch, validation?.report);
  learner.schedule.epochEnded(validation?.report.loss ?? null);
  const metric =
    validation === undefined ? null : metricOf(validation.report, config.validation.saveBest.metric);
  const improved = metric !== null && judge(run, epoch, metric);
  Object.assign(standing, { epoch, step: 0, sums: NOTHING });
  run.link.tell(row);
  run.link.tell(inWords(row, config.epochs));
  await saveCheckpoint(run, rolesOf(run, epoch, improved), metric);
  return true;
}

/** Every `interval` epochs and in the last one, where there are pictures for it. */
function isDue({ config, inputs }: TrainingRun, epoch: number): boolean {
  if (inputs.validation.labels.length === 0) return false;
  return epoch % config.validation.interval === 0 || epoch === config.epochs;
}

async function announceValidation(
  run: TrainingRun,
  epoch: number,
  { report, images }: Validation,
): Promise<void> {
  await run.link.filesTaken();
  const imagesFile = join(run.workDir, `validation-${epoch}.jsonl`);
  const lines = images.map((image) => `${JSON.stringify(image)}\n`).join("");
  await writeWholeFile(imagesFile, new TextEncoder().encode(lines));
  run.link.announce({ type: "validation", epoch, report, imagesFile });
}

/** Keeps count of the best epoch and of the patience. @returns whether this one is the best */
function judge({ standing, config }: TrainingRun, epoch: number, metric: number): boolean {
  const { validation } = config;
  standing.best = bestAfter(standing.best, epoch, metric, validation.saveBest.mode);
  standing.patience = patienceAfter(standing.patience, metric, validation);
  return standing.best?.epoch === epoch;
}

function rolesOf({ config }: TrainingRun, epoch: number, improved: boolean): TrainerCheckpoint["roles"] {
  const periodic = config.checkpointInterval !== null && epoch % config.checkpointInterval === 0;
  return ["last", ...(improved ? (["best"] as const) : []), ...(periodic ? (["periodic"] as const) : [])];
}
