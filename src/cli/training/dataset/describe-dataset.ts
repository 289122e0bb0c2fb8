import type { AnswerOf } from "../../../contracts/route.ts";
import type { checkDataset } from "../../../contracts/training/index.ts";
import { table } from "../../output.ts";
import { bytesText, counted } from "../units.ts";
import type { Dataset } from "./send-files.ts";

type Check = AnswerOf<typeof checkDataset>;
type Splits = Dataset["split_distribution"];

const MOST_SHOWN = 20;
const SPLITS = ["train", "val", "test"];

/** What a person wants to know before training: classes and counts by split, what is wrong, what to beware of. */
export function describeDataset(dataset: Dataset): string {
  const task = dataset.task_type.replaceAll("_", " ");
  return [
    `dataset ${dataset.id}: ${dataset.name} (${dataset.format}, ${task}, ${dataset.visibility})`,
    `${counted(dataset.image_count, "picture")} to train on in ${counted(dataset.num_classes, "class", "classes")}; ${counted(dataset.file_count, "file")}, ${bytesText(dataset.total_size_bytes)}`,
    "",
    classTable(dataset.class_distribution, dataset.split_distribution),
    ...problemLines(dataset.problems, dataset.problem_count),
    ...warningLines(dataset.warnings),
  ].join("\n");
}

/** Faults, imbalance and duplicates. */
export function describeCheck(check: Check): string {
  const groups = check.duplicates.slice(0, MOST_SHOWN);
  return [
    classTable(check.class_distribution, check.split_distribution),
    "",
    `largest class over smallest: ${check.imbalance_ratio?.toFixed(2) ?? "-"}`,
    `duplicates: ${check.duplicate_count}, across the split: ${check.across_split_count}`,
    ...groups.map(
      ({ paths, exact, across_split }) =>
        `  ${exact ? "same" : "alike"}${across_split ? ", across the split" : ""}: ${paths.join("  ")}`,
    ),
    ...rest(groups.length, check.duplicate_count, "groups"),
    ...problemLines(check.problems, check.problem_count),
    ...warningLines(check.warnings),
  ].join("\n");
}

function classTable(classes: Dataset["class_distribution"], splits: Splits): string {
  const names = Object.keys(splits)
    .filter((split) => Object.values(splits[split] ?? {}).some((count) => count > 0))
    .sort((a, b) => SPLITS.indexOf(a) - SPLITS.indexOf(b));
  const rows = Object.entries(classes).map(([name, total]) => [
    name,
    ...names.map((split) => splits[split]?.[name] ?? 0),
    total,
  ]);
  return table(["class", ...names, "total"], rows);
}

function problemLines(problems: Dataset["problems"], count: number): string[] {
  if (count === 0) return [];
  const shown = problems.slice(0, MOST_SHOWN);
  return [
    "",
    `problems: ${count}`,
    ...shown.map(({ path, message }) => `  ${path}: ${message}`),
    ...rest(shown.length, count, "problems"),
  ];
}

function warningLines(warnings: readonly string[]): string[] {
  return warnings.length === 0 ? [] : ["", "beware:", ...warnings.map((warning) => `  ${warning}`)];
}

function rest(shown: number, count: number, what: string): string[] {
  return count > shown
    ? [`  and ${count - shown} more ${what}; --json lists those that the server has kept`]
    : [];
}
