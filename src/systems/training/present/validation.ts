import { frequentConfusions } from "../../../algorithms/learning/evaluation/confusion.ts";
import { checkpointPath } from "../actions/find-checkpoint.ts";
import type { StoredValidation, ValidatedImage } from "../store/run-reader.ts";
import type { Checkpoint, TrainingJob } from "../training-job.ts";
import { iso } from "./job.ts";

const SHOWN_CONFUSIONS = 20;

/** contracts/training.md "GET /api/v1/validation/results/{job_id}". */
export function presentValidation(
  job: TrainingJob,
  validation: StoredValidation,
  checkpoints: readonly Checkpoint[],
  pathPrefix: string,
) {
  const { report } = validation;
  const { confusion } = report;
  const nameOf = (label: number) => job.classes[label] ?? String(label);
  const checkpoint = checkpoints.find(({ epoch, roles }) => epoch === validation.epoch && roles.length > 0);
  return {
    id: validation.id,
    epoch: validation.epoch,
    task_type: job.sent.taskType,
    primary_metric_name: job.primaryMetric,
    primary_metric_value: validation.value,
    overall_loss: validation.loss,
    metrics: { ...report.metrics },
    per_class_metrics: Object.fromEntries(
      Object.entries(report.perClass).map(([name, { precision, recall, f1, support, averagePrecision }]) => [
        name,
        { precision, recall, f1, support, average_precision: averagePrecision },
      ]),
    ),
    confusion_matrix: confusion.length === 0 ? null : confusion.map((row) => [...row]),
    checkpoint_path: checkpoint === undefined ? null : checkpointPath(pathPrefix, job, checkpoint.name),
    created_at: iso(validation.createdAt),
    class_names: [...job.classes],
    pr_curves: Object.fromEntries(
      Object.entries(report.prCurves ?? {}).map(([name, { precision, recall, thresholds }]) => [
        name,
        { precision: [...precision], recall: [...recall], thresholds: [...thresholds] },
      ]),
    ),
    top_confusions: frequentConfusions(confusion, SHOWN_CONFUSIONS).map(
      ({ trueLabel, predictedLabel, count }) => ({
        true_label: nameOf(trueLabel),
        predicted_label: nameOf(predictedLabel),
        count,
      }),
    ),
    calibration_error: report.calibrationError ?? null,
    image_count: validation.imageCount,
  };
}

export function presentValidatedImage(job: TrainingJob, validationId: number, image: ValidatedImage) {
  const nameOf = (label: number) => job.classes[label] ?? String(label);
  return {
    id: image.id,
    image_path: image.path,
    image_name: image.path.split("/").at(-1) ?? image.path,
    true_label: nameOf(image.trueLabel),
    true_label_id: image.trueLabel,
    predicted_label: nameOf(image.predictedLabel),
    predicted_label_id: image.predictedLabel,
    confidence: image.confidence,
    is_correct: image.isCorrect,
    top5_predictions: image.top.map(([label, confidence]) => ({ label: nameOf(label), confidence })),
    loss: image.loss,
    url: `/api/v1/validation/images/${validationId}/${image.id}/file`,
  };
}
