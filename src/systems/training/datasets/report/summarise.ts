import type { DatasetIndex, IndexedImage } from "../index/dataset-index.ts";
import { quoted } from "../index/problems.ts";
import type { Split } from "../manifest.ts";

/** What a dataset consists of. */
export interface DatasetSummary {
  readonly images: Readonly<Record<Split, number>>;
  /** In the order of the classes: pictures, or boxes of a detection dataset. */
  readonly classes: readonly ClassSummary[];
  /** `total` by class name. */
  readonly classDistribution: Readonly<Record<string, number>>;
  /** Largest class over smallest, of those that have anything; null for fewer than two. */
  readonly imbalanceRatio: number | null;
  readonly warnings: readonly DatasetWarning[];
}

export interface ClassSummary extends Readonly<Record<Split, number>> {
  readonly name: string;
  readonly total: number;
}

/** Nothing that must be mended, but what will show in the results. */
export interface DatasetWarning {
  /** Lower snake case. */
  readonly code: string;
  readonly message: string;
}

const IMBALANCED = 10;
const FEW = 10;
const NAMED = 5;

/** Counts by class and split, and what stands out. O(pictures + boxes). */
export function summarise(index: Pick<DatasetIndex, "classes" | "images" | "taskType">): DatasetSummary {
  const counts = index.classes.map((name) => ({ name, total: 0, train: 0, val: 0, test: 0 }));
  const images = { train: 0, val: 0, test: 0 };
  for (const image of index.images) {
    images[image.split]++;
    for (const label of labelsOf(image, index.taskType)) {
      const count = counts[label];
      if (count === undefined) continue;
      count.total++;
      count[image.split]++;
    }
  }
  const present = counts.map(({ total }) => total).filter((total) => total > 0);
  const imbalanceRatio = present.length < 2 ? null : Math.max(...present) / Math.min(...present);
  return {
    images,
    classes: counts,
    classDistribution: Object.fromEntries(counts.map(({ name, total }) => [name, total])),
    imbalanceRatio,
    warnings: [...warningsOf(counts, images, imbalanceRatio)],
  };
}

function labelsOf({ label, boxes }: IndexedImage, taskType: DatasetIndex["taskType"]): number[] {
  return taskType === "object_detection" ? boxes.map((box) => box.label) : [label];
}

function* warningsOf(
  classes: readonly ClassSummary[],
  images: Readonly<Record<Split, number>>,
  imbalanceRatio: number | null,
): Generator<DatasetWarning> {
  const named = (code: string, chosen: readonly ClassSummary[], what: string): DatasetWarning[] =>
    chosen.length === 0
      ? []
      : [{ code, message: `${namesOf(chosen)} ${chosen.length === 1 ? "has" : "have"} ${what}` }];
  const present = classes.filter(({ total }) => total > 0);
  if (images.train === 0) yield { code: "no_training_images", message: "No picture is for training" };
  if (images.val === 0) yield { code: "no_validation_images", message: "No picture is for validation" };
  if (present.length < 2)
    yield {
      code: "too_few_classes",
      message: `${present.length} classes have pictures; there is nothing to tell apart`,
    };
  if (imbalanceRatio !== null && imbalanceRatio >= IMBALANCED)
    yield {
      code: "imbalanced",
      message: `The largest class has ${Math.round(imbalanceRatio)} times as much as the smallest: balanced class weights or a balanced sampler help`,
    };
  yield* named(
    "empty_classes",
    classes.filter(({ total }) => total === 0),
    "no pictures",
  );
  yield* named(
    "classes_not_trained",
    present.filter(({ train }) => train === 0),
    "none for training",
  );
  yield* named(
    "classes_not_validated",
    present.filter(({ val }) => val === 0),
    "none for validation",
  );
  const few = present.filter(({ train }) => train > 0 && train < FEW);
  yield* named("few_images", few, `fewer than ${FEW} for training`);
}

function namesOf(classes: readonly ClassSummary[]): string {
  const shown = classes
    .slice(0, NAMED)
    .map(({ name }) => quoted(name))
    .join(", ");
  const more = classes.length > NAMED ? ` and ${classes.length - NAMED} more` : "";
  return `${classes.length === 1 ? "The class" : `${classes.length} classes:`} ${shown}${more}`;
}
