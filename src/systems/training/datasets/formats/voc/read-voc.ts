import { messageOf } from "../../../../../platform/errors/quatrain-error.ts";
import { className, sortedNames } from "../../index/class-names.ts";
import { clipBox } from "../../index/clip-box.ts";
import type { DatasetFile, DraftDataset, DraftImage, FormatInput } from "../../index/dataset-index.ts";
import { FileLookup, stemOf } from "../../index/file-lookup.ts";
import { type Problems, quoted } from "../../index/problems.ts";
import { parseEach } from "../../index/small-files.ts";
import { inTurns } from "../../index/turns.ts";
import { noteUnannotated } from "../../index/unannotated.ts";
import type { Box } from "../../manifest.ts";
import { splitOfFolders } from "../../paths/split-words.ts";
import { readImageSets } from "./image-sets.ts";
import { parseVocAnnotation, type VocAnnotation } from "./parse-annotation.ts";
import { PicturesByName } from "./pictures-by-name.ts";

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
  const annotated = await matchPictures(input, paths, parsed, problems);
  const classes = sortedNames(namesUsed(annotated));
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
async function matchPictures(
  { files }: FormatInput,
  paths: readonly string[],
  parsed: readonly (VocAnnotation | null)[],
  problems: Problems,
): Promise<Annotated[]> {
  const pictures = new PicturesByName(files, await FileLookup.of(files));
  const annotated = new Map<string, Annotated>();
  for await (const [at, path] of inTurns(paths.entries())) {
    const annotation = parsed[at] ?? null;
    if (annotation === null) continue;
    const file = pictures.find(path, annotation.fileName);
    if (file?.isImage !== true) {
      const name = annotation.fileName || `${stemOf(path)}.jpg`;
      problems.add(
        "annotation_without_image",
        path,
        `The picture ${quoted(name)} is missing or cannot be read`,
      );
    } else if (annotated.has(file.path))
      problems.add("duplicate_image", path, `${quoted(file.path)} has two annotations: the first counts`);
    else {
      annotated.set(file.path, { path, file, annotation });
      noteSize(annotation, file, problems);
    }
  }
  return [...annotated.values()];
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
