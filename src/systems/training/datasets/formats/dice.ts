import type { DraftDataset, FormatInput } from "../index/dataset-index.ts";
import type { Problems } from "../index/problems.ts";
import type { AnnotationDocument } from "./annotations/annotation-document.ts";
import { jsonPaths, readDocuments } from "./annotations/find-documents.ts";
import { indexDocuments } from "./annotations/index-documents.ts";
import { readImageFolder } from "./imagefolder.ts";

/**
 * DICE in its four shapes: A annotations within the images' entries, B lists of categories, images and annotations,
 * C annotations that name their image, D folders. The file is called annotations.json or annotation.json; where
 * there is none, any JSON file with such lists is taken. Source: spec/training.md section 3.
 * @throws QuatrainError `bad_annotations`, `too_many_annotations`, `too_many_classes` (400)
 */
export async function readDice(input: FormatInput, problems: Problems): Promise<DraftDataset> {
  const placed = await readDocuments(input, dicePaths(input), problems);
  const [first] = placed;
  if (first === undefined) return { ...(await readImageFolder(input.files, problems)), shape: "dice-d" };
  const draft = await indexDocuments(
    placed,
    { files: input.files, otherwise: "image_classification" },
    problems,
  );
  return { ...draft, shape: shapeOf(first.document) };
}

/** Whether a dataset has a file of annotations of DICE's name. */
export function hasDiceFile(input: Pick<FormatInput, "files">): boolean {
  return jsonPaths(input).some((path) => DICE_FILE.test(path));
}

const DICE_FILE = /(^|\/)annotations?\.json$/i;

function dicePaths(input: FormatInput) {
  const paths = jsonPaths(input);
  const named = paths.filter((path) => DICE_FILE.test(path));
  return named.length > 0 ? { paths: named, meant: true } : { paths, meant: false };
}

function shapeOf({ images, annotations }: AnnotationDocument): string {
  if (annotations.length === 0) return "dice-a";
  return images.length > 0 ? "dice-b" : "dice-c";
}
