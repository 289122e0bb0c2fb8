import type { AnswerOf } from "../../contracts/route.ts";
import type { getTrainingJob } from "../../contracts/training/index.ts";
import { table } from "../output.ts";
import { durationText, figureText, percentText } from "./units.ts";

export type TrainingJob = AnswerOf<typeof getTrainingJob>;

/** How a job ended, and what may be done next. */
export function describeEnd(job: TrainingJob): string {
  const { id, status } = job;
  const head = `job ${id} ${status} ${whereItEnded(job)}`;
  if (status === "completed") return [head, ...bestLines(job), ...useLines(job)].join("\n");
  if (status === "failed") {
    return [
      `${head}${job.error_code === null ? "" : ` (${job.error_code})`}: ${job.error_message ?? "no reason was given"}`,
      `its log: quatrain training logs ${id}`,
      ...againLines(job),
    ].join("\n");
  }
  return [head, ...bestLines(job), ...againLines(job)].join("\n");
}

/** Everything that a person may want to know of a job. */
export function describeJob(job: TrainingJob): string {
  const name = job.experiment_name === null ? "" : `: ${job.experiment_name}`;
  const facts: readonly (readonly [string, unknown])[] = [
    ["status", statusText(job)],
    ["model", `${job.model_name} (${job.framework}, ${job.engine}), ${job.num_classes} classes`],
    ["dataset", job.dataset_id ?? job.dataset_path],
    ["project", job.project_id === null ? null : `${job.project_id} ${job.project_name ?? ""}`.trim()],
    [
      "epochs",
      `${job.current_epoch} of ${job.total_epochs}, batch ${job.batch_size}, lr ${job.learning_rate}`,
    ],
    ["best", bestText(job)],
    ["best checkpoint", job.best_checkpoint_path],
    ["last checkpoint", job.last_checkpoint_path],
    ["created", job.created_at],
    ["started", job.started_at],
    ["ended", job.completed_at],
    ["attempts", job.restarts === 0 ? job.attempt : `${job.attempt}, ${job.restarts} of them restarts`],
    ["why it failed", job.error_message],
  ];
  const shown = facts.filter(([, value]) => value !== null && value !== undefined);
  return [
    `job ${job.id}${name}`,
    ...shown.map(([label, value]) => `  ${label.padEnd(15)}  ${value}`),
    ...job.warnings.map((warning) => `  warning          ${warning}`),
    "",
    effectTable(job.effective_config),
  ].join("\n");
}

/** What each knob did. */
function effectTable(effects: TrainingJob["effective_config"]): string {
  const rows = Object.entries(effects).map(([knob, { requested, effective, reason }]) => [
    knob,
    valueText(requested),
    valueText(effective),
    reason ?? "",
  ]);
  return table(["knob", "requested", "effective", "reason"], rows);
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "-");
}

function statusText({ status, queue_position, progress_percent, eta_seconds }: TrainingJob): string {
  if (status === "queued" && queue_position !== null) return `queued, position ${queue_position}`;
  if (status !== "running") return status;
  const eta = eta_seconds === null ? "" : `, ${durationText(eta_seconds)} to go`;
  return `running, ${progress_percent.toFixed(0)} %${eta}`;
}

function whereItEnded({ status, current_epoch, total_epochs }: TrainingJob): string {
  if (current_epoch === 0) return "before its first epoch was over";
  const early = status === "completed" && current_epoch < total_epochs ? ", stopped early" : "";
  return `after epoch ${current_epoch} of ${total_epochs}${early}`;
}

function bestText({ primary_metric, best_metric, best_epoch }: TrainingJob): string | null {
  if (best_metric === null) return null;
  const value = isShare(primary_metric) ? percentText(best_metric) : figureText(best_metric);
  return `${primary_metric} ${value}${best_epoch === null ? "" : ` in epoch ${best_epoch}`}`;
}

function isShare(metric: string): boolean {
  return !metric.includes("loss");
}

function bestLines(job: TrainingJob): string[] {
  const best = bestText(job);
  return [
    ...(best === null ? [] : [`best: ${best}`]),
    ...(job.best_checkpoint_path === null ? [] : [`checkpoint: ${job.best_checkpoint_path}`]),
  ];
}

function useLines({ id }: TrainingJob): string[] {
  return [
    `by class: quatrain training results ${id}`,
    `predict: quatrain training predict ${id} PICTURES...`,
    `export: quatrain training export ${id} -o model.onnx`,
  ];
}

function againLines({ id, last_checkpoint_path }: TrainingJob): string[] {
  const anew = `from the beginning: quatrain training start ${id}`;
  return last_checkpoint_path === null ? [anew] : [`go on: quatrain training start ${id} --resume`, anew];
}
