import { messageOf } from "../../../../../platform/errors/quatrain-error.ts";
import { className, demandClasses, sortedNames } from "../../index/class-names.ts";
import { clipBox } from "../../index/clip-box.ts";
import type { DatasetFile, DraftDataset, DraftImage, FormatInput } from "../../index/dataset-index.ts";
import { FileLookup, folderOf, stemOf } from "../../index/file-lookup.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import { parseEach } from "../../index/small-files.ts";
import { inTurns } from "../../index/turns.ts";
import { noteUnannotated } from "../../index/unannotated.ts";
import type { Box } from "../../manifest.ts";
import { splitOfFolders } from "../../paths/split-words.ts";
import { readImageSets } from "./image-sets.ts";
import { parseVocAnnotation, type VocAnnotation } from "./parse-annotation.ts";

interface Annotated {
  readonly path: string;
  readonly file: DatasetFile;
  readonly annotation: VocAnnotation;
}

/**
 * Pascal VOC: `Annotations/a.xml` about `JPEGImages/a.jpg`, or both in one folder; splits from ImageSets/Main, else
 * from folders. Boxes are taken as they stand there, x from xmin to xmax: tools disagree whether pixels are counted
 * from 0 or from 1. Classes in the order of their names. O(files + objects).
 * @throws QuatrainError `too_many_classes` (400)
 */
export async function readVoc(input: FormatInput, problems: Problems): Promise<DraftDataset> {
  const paths = xmlPaths(input);
  const parsed = await parseEach(input, paths, problems, (text, path) => parse(text, path, problems));
  const annotated = matchPictures(input, paths, parsed, problems);
  const classes = sortedNames(namesUsed(annotated));
  demandClasses(classes.length);
  const labels = new Map(classes.map((name, label) => [name, label]));
  const sets = await readImageSets(input, problems);
  const images: DraftImage[] = [];
  for await (const { path, file, annotation } of inTurns(annotated)) {
    const boxes = boxesOf(annotation, file, labels, problems);
    const split = sets.get(stemOf(path)) ?? splitOfFolders(file.path);
    images.push({ path: file.path, split, label: boxes[0]?.label ?? -1, boxes });
  }
  noteUnannotated(input.files, new Set(images.map(({ path }) => path)), problems);
  return { classes, taskType: "object_detection", images, shape: "voc" };
}

/** Whether a dataset has XML files named like its pictures, or in a folder of annotations. */
export function looksLikeVoc(input: Pick<FormatInput, "files">): boolean {
  const stems = new Set(input.files.filter(({ isImage }) => isImage).map(({ path }) => stemOf(path)));
  return xmlPaths(input).some((path) => stems.has(stemOf(path)) || /(^|\/)annotations\//i.test(path));
}

function xmlPaths({ files }: Pick<FormatInput, "files">): string[] {
  return files.map(({ path }) => path).filter((path) => /\.xml$/i.test(path));
}

function parse(text: string, path: string, problems: Problems): VocAnnotation | null {
  try {
    return parseVocAnnotation(text);
  } catch (error) {
    problems.add("bad_annotation", path, `The file is no annotation that can be read: ${messageOf(error)}`);
    return null;
  }
}

/** Each annotation with its picture: of the same name, else of the name that it says. */
function matchPictures(
  input: FormatInput,
  paths: readonly string[],
  parsed: readonly (VocAnnotation | null)[],
  problems: Problems,
): Annotated[] {
  const lookup = new FileLookup(input.files);
  const byStem = new Map<string, DatasetFile>();
  for (const file of input.files) if (file.isImage) byStem.set(folderOf(file.path) + stemOf(file.path), file);
  const taken = new Set<string>();
  return paths.flatMap((path, at) => {
    const annotation = parsed[at] ?? null;
    if (annotation === null) return [];
    const folders = pictureFolders(folderOf(path));
    const file =
      folders.map((folder) => byStem.get(folder + stemOf(path))).find((found) => found !== undefined) ??
      (annotation.fileName === "" ? undefined : lookup.find(annotation.fileName, folders, null));
    if (file?.isImage !== true) {
      const name = annotation.fileName || `${stemOf(path)}.jpg`;
      problems.add(
        "annotation_without_image",
        path,
        `The picture ${quoted(name)} is missing or cannot be read`,
      );
      return [];
    }
    if (taken.has(file.path)) {
      problems.add(
        "duplicate_image",
        path,
        `The picture ${quoted(file.path)} has two annotations: the first counts`,
      );
      return [];
    }
    taken.add(file.path);
    noteSize(annotation, file, problems);
    return [{ path, file, annotation }];
  });
}

/** Folders where the picture of an annotation may lie, the likeliest first. */
function pictureFolders(folder: string): string[] {
  const swapped = ["JPEGImages/", "images/"].map((name) =>
    folder.replace(/(^|\/)annotations\//i, `$1${name}`),
  );
  const parent = folderOf(folder.slice(0, -1));
  return [folder, ...swapped, `${parent}JPEGImages/`, `${parent}images/`, parent];
}

function noteSize({ width, height }: VocAnnotation, file: DatasetFile, problems: Problems): void {
  if ((width ?? file.width) === file.width && (height ?? file.height) === file.height) return;
  problems.add(
    "size_contradiction",
    file.path,
    `The picture is ${file.width} x ${file.height}, its annotation says ${width} x ${height}`,
  );
}

function* namesUsed(annotated: readonly Annotated[]): Generator<string> {
  for (const { annotation } of annotated)
    for (const { name } of annotation.objects) if (className(name) !== "") yield className(name);
}

function boxesOf(
  { objects }: VocAnnotation,
  { path, width, height }: DatasetFile,
  labels: ReadonlyMap<string, number>,
  problems: Problems,
): Box[] {
  const picture = { path, width: width ?? 0, height: height ?? 0 };
  return objects.flatMap(({ name, xmin, ymin, xmax, ymax }) => {
    const label = labels.get(className(name));
    if (label === undefined) {
      problems.add("unknown_class", path, "An object has no name: it is left out");
      return [];
    }
    return (
      clipBox({ label, x: xmin, y: ymin, width: xmax - xmin, height: ymax - ymin }, picture, problems) ?? []
    );
  });
}
