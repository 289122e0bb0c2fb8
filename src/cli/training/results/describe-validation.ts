import type { AnswerOf } from "../../../contracts/route.ts";
import type * as contract from "../../../contracts/training/index.ts";
import { table } from "../../output.ts";
import { counted, figureText, percentText } from "../units.ts";

export type Validation = AnswerOf<typeof contract.validationResults>["results"][number];
export type WorstPicture = AnswerOf<typeof contract.validationImages>["images"][number];

/** A larger matrix fits no terminal. */
const MOST_CLASSES = 20;
const MOST_CONFUSIONS = 10;

/** By class, confusions, worst mistakes. */
export function describeValidation(validation: Validation, worst: readonly WorstPicture[]): string {
  return [summary(validation), classTable(validation), confusions(validation), mistakes(worst)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function summary(validation: Validation): string {
  const { epoch, image_count, metrics, overall_loss, calibration_error } = validation;
  const named = Object.entries(metrics).map(([name, value]) => `${name} ${figureText(value)}`);
  const loss = overall_loss === null ? [] : [`loss ${figureText(overall_loss)}`];
  const calibration =
    calibration_error === null ? [] : [`calibration error ${figureText(calibration_error)}`];
  return `epoch ${epoch}, ${counted(image_count, "picture")}: ${[...loss, ...named, ...calibration].join(", ")}`;
}

function classTable({ class_names, per_class_metrics }: Validation): string {
  const names = [...new Set([...class_names, ...Object.keys(per_class_metrics)])];
  return table(
    ["class", "precision", "recall", "f1", "AP", "pictures"],
    names.flatMap((name) => {
      const one = per_class_metrics[name];
      if (one === undefined) return [];
      const shares = [one.precision, one.recall, one.f1, one.average_precision];
      return [[name, ...shares.map((share) => share.toFixed(3)), one.support]];
    }),
  );
}

function confusions({ class_names, confusion_matrix, top_confusions }: Validation): string {
  if (confusion_matrix !== null && class_names.length <= MOST_CLASSES)
    return matrix(class_names, confusion_matrix);
  if (top_confusions.length === 0) return "";
  return table(
    ["true class", "taken for", "times"],
    top_confusions
      .slice(0, MOST_CONFUSIONS)
      .map(({ true_label, predicted_label, count }) => [true_label, predicted_label, count]),
  );
}

/** Rows true, columns predicted; columns are numbered, so that long names do not widen them. */
function matrix(names: readonly string[], rows: readonly (readonly number[])[]): string {
  const cells = rows.map((row) => row.map((count) => (count === 0 ? "." : String(count))));
  const heads = names.map((_, index) => `#${index + 1}`);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const labels = names.map((name, index) => `#${index + 1} ${name}`);
  const title = "true \\ predicted";
  const first = Math.max(title.length, ...labels.map(({ length }) => length));
  const line = (label: string, row: readonly string[]) =>
    [label.padEnd(first), ...row.map((cell, column) => cell.padStart(widths[column] ?? 0))].join("  ");
  return [line(title, heads), ...cells.map((row, index) => line(labels[index] ?? "", row))].join("\n");
}

function mistakes(worst: readonly WorstPicture[]): string {
  if (worst.length === 0) return "";
  return table(
    ["worst mistakes", "true class", "taken for", "share", "loss"],
    worst.map((one) => [
      one.image_path,
      one.true_label,
      one.predicted_label,
      percentText(one.confidence),
      figureText(one.loss),
    ]),
  );
}
