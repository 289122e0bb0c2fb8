import type { ManifestImage } from "../manifest.ts";
import { demandBoxes, type ExportEntry, type ExportedDataset } from "./export-entry.ts";
import { flatNames } from "./flat-names.ts";

/**
 * Pascal VOC: Annotations, JPEGImages and ImageSets/Main. Boxes as they are, xmax = x + width, with decimals where they
 * have some. Classes without boxes and the order of the classes are not held by it.
 * @throws QuatrainError `export_not_possible` (422) for datasets without boxes
 */
export function writeVoc(dataset: ExportedDataset): ExportEntry[] {
  demandBoxes(dataset, "VOC");
  const { images, classes } = dataset.manifest;
  const names = flatNames(images);
  const splits = Map.groupBy(images.keys(), (at) => images[at]?.split ?? "train");
  const lists = [...splits].map(([split, members]): ExportEntry => {
    const text = () => members.map((at) => `${names[at]?.stem}\n`);
    return { path: `ImageSets/Main/${split}.txt`, text };
  });
  const pairs = images.flatMap((image, at): ExportEntry[] => {
    const { stem, name } = names[at] ?? { stem: "", name: "" };
    return [
      { path: `JPEGImages/${name}`, image },
      { path: `Annotations/${stem}.xml`, text: () => [annotation(image, name, classes)] },
    ];
  });
  return [...lists, ...pairs];
}

function annotation(
  { width, height, boxes }: ManifestImage,
  name: string,
  classes: readonly string[],
): string {
  const objects = boxes.map(
    (box) => `  <object>
    <name>${escaped(classes[box.label] ?? "")}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>${box.x}</xmin>
      <ymin>${box.y}</ymin>
      <xmax>${box.x + box.width}</xmax>
      <ymax>${box.y + box.height}</ymax>
    </bndbox>
  </object>
`,
  );
  return `<annotation>
  <folder>JPEGImages</folder>
  <filename>${escaped(name)}</filename>
  <size>
    <width>${width}</width>
    <height>${height}</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
${objects.join("")}</annotation>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
