import { safePath } from "../../../../platform/archives/safe-path.ts";
import { className } from "../index/class-names.ts";
import { quoted } from "../index/problems.ts";
import { type ExportEntry, type ExportedDataset, notPossible } from "./export-entry.ts";
import { flatNames } from "./flat-names.ts";

/**
 * `train/<class>/1.png`. Classes without pictures and the order of the classes are not held by folders.
 * @throws QuatrainError `export_not_possible` (422) for boxes, and for names that no folder can have
 */
export function writeImageFolder({ manifest, taskType }: ExportedDataset): ExportEntry[] {
  if (taskType !== "image_classification")
    throw notPossible("Folders hold no boxes. Export the dataset as dice, coco, yolo or voc.");
  for (const name of manifest.classes)
    if (!canBeFolder(name))
      throw notPossible(
        `No folder can be called like the class ${quoted(name)}. Export the dataset as dice.`,
      );
  const names = flatNames(manifest.images);
  return manifest.images.map((image, at) => {
    return { path: `${image.split}/${manifest.classes[image.label]}/${names[at]?.name}`, image };
  });
}

function canBeFolder(name: string): boolean {
  try {
    return (
      !/[/\\]/.test(name) && safePath(`train/${name}/1`) === `train/${name}/1` && className(name) === name
    );
  } catch {
    return false;
  }
}
