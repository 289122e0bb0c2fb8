import type { MetricName } from "../../config/training-config.ts";
import type { TrainerEpoch, TrainerEvent, ValidationReport } from "../port.ts";
import type { TrainingRun } from "./training-run.ts";

/** The row of metrics of an epoch, before the schedule is told of its end. */
export function rowOf(
  { standing, learner, config }: TrainingRun,
  epoch: number,
  report: ValidationReport | undefined,
): TrainerEpoch {
  const { pictures, loss, correct, gradientNorm, seconds } = standing.sums;
  const trainAccuracy = correct / pictures;
  return {
    type: "epoch",
    epoch,
    loss: loss / pictures,
    accuracy: report === undefined ? trainAccuracy : metricOf(report, "accuracy"),
    learningRate: learner.schedule.at(epoch, 0).learningRate,
    extra: {
      train_accuracy: trainAccuracy,
      ...(report === undefined ? {} : validationNumbers(report, config.validation)),
      grad_norm: gradientNorm / standing.step,
      images_per_second: pictures / seconds,
      seconds,
    },
  };
}

/** The same for the log. */
export function inWords(
  { epoch, loss, accuracy, learningRate, extra }: TrainerEpoch,
  epochs: number,
): TrainerEvent {
  const whose = extra.val_loss === undefined ? "training" : "validation";
  const share = (100 * accuracy).toFixed(1);
  const message = `Epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}, ${whose} accuracy ${share} %, learning rate ${learningRate}`;
  return { type: "log", level: "info", message };
}

/** One of the metrics of a validation. */
export function metricOf(report: ValidationReport, name: MetricName): number {
  return name === "loss" ? report.loss : (report.metrics[name] ?? 0);
}

/** The metrics that were asked for, and that by which the best is chosen. */
function validationNumbers(
  report: ValidationReport,
  { metrics, saveBest }: TrainingRun["config"]["validation"],
): Record<string, number> {
  const shown = new Set([...metrics, saveBest.metric]);
  shown.delete("loss");
  const named = [...shown].map((name) => [
    name === "accuracy" ? "val_accuracy" : name,
    metricOf(report, name),
  ]);
  return { val_loss: report.loss, ...Object.fromEntries(named) };
}
