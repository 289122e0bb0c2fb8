import type { ManifestImage } from "../manifest.ts";
import { summarise } from "../report/summarise.ts";
import type { ExportEntry, ExportedDataset } from "./export-entry.ts";

/** DICE's canonical form: annotations.json beside images/. Source: spec/training.md section 3, shape A. */
export function writeDice(dataset: ExportedDataset): ExportEntry[] {
  const { images } = dataset.manifest;
  const inside = images.every(({ path }) => path.startsWith("images/"));
  const fileName = (image: ManifestImage) => (inside ? image.path : `images/${image.path}`);
  return [
    { path: "annotations.json", text: () => annotations(dataset, fileName) },
    ...images.map((image) => ({ path: fileName(image), image })),
  ];
}

function* annotations(
  { id, name, taskType, manifest }: ExportedDataset,
  fileName: (image: ManifestImage) => string,
): Generator<string> {
  const summary = summarise({ ...manifest, taskType });
  const head = {
    format_version: "1.0",
    dataset_id: id,
    dataset_name: name,
    task_type: taskType,
    classes: manifest.classes.map((className, at) => ({ id: at, name: className })),
    splits: summary.images,
    statistics: {
      total_images: manifest.images.length,
      num_classes: manifest.classes.length,
      class_distribution: summary.classDistribution,
    },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"images":[`;
  for (const [at, image] of manifest.images.entries()) {
    const { width, height, split } = image;
    const entry = { id: at + 1, file_name: fileName(image), width, height, split };
    yield `${at === 0 ? "" : ","}\n${JSON.stringify({ ...entry, ...said(image, taskType, manifest.classes) })}`;
  }
  yield "\n]}\n";
}

function said(
  { label, boxes }: ManifestImage,
  taskType: ExportedDataset["taskType"],
  classes: readonly string[],
): object {
  const named = (id: number) => ({ class_id: id, class_name: classes[id] });
  if (taskType === "image_classification") return { annotation: named(label) };
  return {
    annotations: boxes.map((box) => ({ ...named(box.label), bbox: [box.x, box.y, box.width, box.height] })),
  };
}
