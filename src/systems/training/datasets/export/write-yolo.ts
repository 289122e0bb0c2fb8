import type { ManifestImage } from "../manifest.ts";
import { demandBoxes, type ExportEntry, type ExportedDataset } from "./export-entry.ts";
import { flatNames } from "./flat-names.ts";

/**
 * YOLO: data.yaml, `images/<split>/` and `labels/<split>/`, boxes as shares of the picture's sides. A picture without
 * boxes has an empty text file. Source: docs.ultralytics.com/datasets/detect.
 * @throws QuatrainError `export_not_possible` (422) for datasets without boxes
 */
export function writeYolo(dataset: ExportedDataset): ExportEntry[] {
  demandBoxes(dataset, "YOLO");
  const { images, classes } = dataset.manifest;
  const names = flatNames(images);
  const tests = images.some(({ split }) => split === "test");
  return [
    { path: "data.yaml", text: () => [dataYaml(classes, tests)] },
    ...images.flatMap((image, at): ExportEntry[] => {
      const { stem, name } = names[at] ?? { stem: "", name: "" };
      return [
        { path: `images/${image.split}/${name}`, image },
        { path: `labels/${image.split}/${stem}.txt`, text: () => [labels(image)] },
      ];
    }),
  ];
}

function dataYaml(classes: readonly string[], tests: boolean): string {
  const splits = ["train", "val", ...(tests ? ["test"] : [])].map((split) => `${split}: images/${split}`);
  const names = classes.map((name, id) => `  ${id}: ${JSON.stringify(name)}`);
  return `${[...splits, `nc: ${classes.length}`, "names:", ...names].join("\n")}\n`;
}

function labels({ boxes, width: w, height: h }: ManifestImage): string {
  return boxes
    .map(({ label, x, y, width, height }) => {
      const shares = [(x + width / 2) / w, (y + height / 2) / h, width / w, height / h];
      return `${label} ${shares.map((share) => Number(share.toFixed(10))).join(" ")}\n`;
    })
    .join("");
}
