import type { ManifestImage, Split } from "../manifest.ts";
import { demandBoxes, type ExportEntry, type ExportedDataset } from "./export-entry.ts";
import { flatNames } from "./flat-names.ts";

interface Named {
  readonly name: string;
  readonly image: ManifestImage;
}

/**
 * COCO: `annotations/instances_<split>.json` and `images/<split>/`. Source: cocodataset.org/#format-data.
 * @throws QuatrainError `export_not_possible` (422) for datasets without boxes
 */
export function writeCoco(dataset: ExportedDataset): ExportEntry[] {
  demandBoxes(dataset, "COCO");
  const { images, classes } = dataset.manifest;
  const names = flatNames(images);
  const named = images.map((image, at): Named => ({ image, name: names[at]?.name ?? "" }));
  const splits = Map.groupBy(named, ({ image }) => image.split);
  return [...splits].flatMap(([split, members]: [Split, Named[]]): ExportEntry[] => [
    { path: `annotations/instances_${split}.json`, text: () => instances(dataset.name, classes, members) },
    ...members.map(({ image, name }) => ({ path: `images/${split}/${name}`, image })),
  ]);
}

function* instances(
  description: string,
  classes: readonly string[],
  members: readonly Named[],
): Generator<string> {
  const categories = classes.map((name, label) => ({ id: label + 1, name, supercategory: "" }));
  yield `{"info":${JSON.stringify({ description })},"categories":${JSON.stringify(categories)},"images":[`;
  for (const [at, { name, image }] of members.entries()) {
    const entry = { id: at + 1, file_name: name, width: image.width, height: image.height };
    yield `${at === 0 ? "" : ","}\n${JSON.stringify(entry)}`;
  }
  yield '\n],"annotations":[';
  let id = 0;
  for (const [at, { image }] of members.entries())
    for (const { label, x, y, width, height } of image.boxes) {
      const box = { bbox: [x, y, width, height], area: width * height, iscrowd: 0 };
      yield `${id === 0 ? "" : ","}\n${JSON.stringify({ id: ++id, image_id: at + 1, category_id: label + 1, ...box })}`;
    }
  yield "\n]}\n";
}
