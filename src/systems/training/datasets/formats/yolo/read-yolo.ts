import { demandClasses } from "../../index/class-names.ts";
import { clipBox } from "../../index/clip-box.ts";
import type { DatasetFile, DraftDataset, DraftImage, FormatInput } from "../../index/dataset-index.ts";
import { FileLookup, folderOf, stemOf } from "../../index/file-lookup.ts";
import type { Problems } from "../../index/problems.ts";
import { parseEach } from "../../index/small-files.ts";
import { inTurns } from "../../index/turns.ts";
import type { Box } from "../../manifest.ts";
import { describingFiles, readDescription } from "./class-list.ts";
import { type LabelLine, parseLabelLines } from "./label-lines.ts";
import { yoloSplits } from "./yolo-splits.ts";

/**
 * YOLO: a text file of boxes per picture, in `labels/` where the picture is in `images/`, or beside it; classes and
 * folders of the splits from data.yaml, or classes.txt and obj.names. A picture without a text file is a picture
 * without boxes, which is noted. O(files + lines).
 * Source: docs.ultralytics.com/datasets/detect.
 * @throws QuatrainError `too_many_classes` (400)
 */
export async function readYolo(input: FormatInput, problems: Problems): Promise<DraftDataset> {
  const description = await readDescription(input, problems);
  const lookup = await FileLookup.of(input.files);
  const splitOf = await yoloSplits(input, description, lookup, problems);
  const paths = new Set(input.files.map(({ path }) => path));
  const pictures = input.files.filter(({ isImage }) => isImage);
  const labelPaths: (string | null)[] = [];
  for await (const { path } of inTurns(pictures)) labelPaths.push(labelPath(path, paths));
  noteStrayLabels(input, new Set(labelPaths), problems);
  const present = labelPaths.filter((path) => path !== null);
  const parsed = await parseEach(input, present, problems, (text, path) =>
    parseLabelLines(text, path, problems),
  );
  const linesAt = new Map(present.map((path, at) => [path, parsed[at] ?? []]));
  const names = description.names ?? unnamedClasses(linesAt.values(), problems);
  const classes = [...new Set(names.values())];
  if (classes.length < names.size)
    problems.add(
      "duplicate_class",
      description.path ?? "",
      "Several class numbers have one name: they are one class",
    );
  const byName = new Map(classes.map((name, label) => [name, label]));
  const labels = new Map([...names].map(([id, name]) => [id, byName.get(name) ?? 0]));
  const images: DraftImage[] = [];
  for await (const [at, file] of inTurns(pictures.entries())) {
    const path = labelPaths[at] ?? null;
    if (path === null)
      problems.add("image_without_annotation", file.path, "There is no label file: a picture without boxes");
    const boxes = boxesOf(linesAt.get(path ?? "") ?? [], file, labels, problems);
    images.push({ path: file.path, split: splitOf(file.path), label: boxes[0]?.label ?? -1, boxes });
  }
  return { classes, taskType: "object_detection", images, shape: "yolo" };
}

/** Whether a dataset has label files, or a description and text files. */
export function looksLikeYolo(input: Pick<FormatInput, "files">): boolean {
  const { yaml, names } = describingFiles(input);
  const paths = new Set(input.files.map(({ path }) => path));
  const labelled = input.files.some(({ path, isImage }) => isImage && labelPath(path, paths) !== null);
  return labelled && (yaml.length + names.length > 0 || input.files.some(({ path }) => IN_LABELS.test(path)));
}

const IN_LABELS = /(^|\/)labels\/.*\.txt$/;

/** `images/a.png` has its labels in `labels/a.txt`, or beside it. */
function labelPath(path: string, paths: ReadonlySet<string>): string | null {
  const text = `${folderOf(path)}${stemOf(path)}.txt`;
  const at = `/${text}`.lastIndexOf("/images/");
  const beside = at < 0 ? text : `${text.slice(0, at)}labels/${text.slice(at + "images/".length)}`;
  return [beside, text].find((candidate) => paths.has(candidate)) ?? null;
}

function noteStrayLabels(input: FormatInput, used: ReadonlySet<string | null>, problems: Problems): void {
  for (const { path } of input.files)
    if (IN_LABELS.test(path) && !used.has(path) && !/(^|\/)classes\.txt$/.test(path))
      problems.add(
        "annotation_without_image",
        path,
        "There is no picture that can be read for this label file",
      );
}

/** Classes called by their numbers, up to the largest. @throws QuatrainError `too_many_classes` (400) */
function unnamedClasses(labels: Iterable<readonly LabelLine[]>, problems: Problems): Map<number, string> {
  let largest = -1;
  for (const lines of labels) for (const { id } of lines) largest = Math.max(largest, id);
  demandClasses(largest + 1);
  problems.add("no_class_names", "data.yaml", "No file names the classes: they are called by their numbers");
  return new Map(Array.from({ length: largest + 1 }, (_, id) => [id, String(id)]));
}

function boxesOf(
  lines: readonly LabelLine[],
  { path, width, height }: DatasetFile,
  labels: ReadonlyMap<number, number>,
  problems: Problems,
): Box[] {
  const picture = { path, width: width ?? 0, height: height ?? 0 };
  return lines.flatMap((line) => {
    const label = labels.get(line.id);
    if (label === undefined) {
      problems.add("unknown_class", path, `The class number ${line.id} is not among the dataset's classes`);
      return [];
    }
    const [w, h] = [line.width * picture.width, line.height * picture.height];
    const [x, y] = [line.x * picture.width - w / 2, line.y * picture.height - h / 2];
    return clipBox({ label, x, y, width: w, height: h }, picture, problems) ?? [];
  });
}
