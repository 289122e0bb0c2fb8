import { stratifiedSplit } from "../../../../algorithms/learning/stratified-split.ts";
import type { Split } from "../manifest.ts";
import type { DraftImage, IndexedImage } from "./dataset-index.ts";
import type { Problems } from "./problems.ts";

/** Of the pictures that are for training where a dataset has none for validation. */
const VALIDATION_SHARE = 0.2;

/**
 * Gives every picture its split, pictures in the order of their paths:
 * - none has one: 80 / 20, the same share of every class;
 * - `train` but no `val`: the same within `train`; `test` stays;
 * - otherwise as they are; pictures without a split are for training, which is noted.
 *
 * The same pictures and seed give the same splits. Source: spec/training.md section 3.
 */
export function assignSplits(
  drafts: readonly DraftImage[],
  seed: number,
  problems: Problems,
): IndexedImage[] {
  const images = drafts.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const some = images.some(({ split }) => split !== null);
  const splits = images.map(({ path, split }): Split => {
    if (split === null && some)
      problems.add("no_split", path, "The picture has no split, others have: it trains");
    return split ?? "train";
  });
  const training = [...splits.keys()].filter((at) => splits[at] === "train");
  if (training.length === 0 && images.length > 0)
    problems.add("no_training_images", "", "No picture is for training: name one split train");
  if (!splits.includes("val") && training.length > 0) {
    const labels = training.map((at) => images[at]?.label ?? 0);
    const sides = stratifiedSplit(labels, { validationShare: VALIDATION_SHARE, seed });
    for (const [place, at] of training.entries()) splits[at] = sides[place] ?? "train";
  }
  return images.map(({ path, label, boxes }, at) => ({ path, split: splits[at] ?? "train", label, boxes }));
}
