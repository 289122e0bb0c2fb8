import { className } from "../../index/class-names.ts";
import type { DraftDataset } from "../../index/dataset-index.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import type { AnnotationDocument } from "./annotation-document.ts";

/** Notes where a file counts its classes, or what is of a class, otherwise than they are. O(images + boxes). */
export function checkCounts(
  documents: readonly AnnotationDocument[],
  { classes, images }: Omit<DraftDataset, "shape">,
  problems: Problems,
): void {
  for (const { path, classCount } of documents)
    if (classCount !== null && classCount !== classes.length)
      problems.add("class_count", path, `The file says ${classCount} classes, there are ${classes.length}`);
  const [document, second] = documents;
  if (document === undefined || second !== undefined || document.counts.size === 0) return;
  const counted = countByName(classes, images);
  for (const [name, said] of document.counts) {
    const { pictures, boxes } = counted.get(className(name)) ?? { pictures: 0, boxes: 0 };
    if (said !== pictures && said !== boxes)
      problems.add(
        "class_count",
        document.path,
        `The file says ${said} of ${quoted(name)}, there are ${Math.max(pictures, boxes)}`,
      );
  }
}

function countByName(classes: readonly string[], images: DraftDataset["images"]) {
  const counts = classes.map(() => ({ pictures: 0, boxes: 0 }));
  for (const { label, boxes } of images) {
    const labels = new Set(boxes.length > 0 ? boxes.map((box) => box.label) : [label]);
    for (const one of labels) if (counts[one] !== undefined) counts[one].pictures++;
    for (const box of boxes) if (counts[box.label] !== undefined) counts[box.label]!.boxes++;
  }
  return new Map(classes.map((name, label) => [name, counts[label]!]));
}
