import type { DraftDataset, FormatInput } from "../index/dataset-index.ts";
import type { Problems } from "../index/problems.ts";
import { jsonPaths, readDocuments } from "./annotations/find-documents.ts";
import { indexDocuments } from "./annotations/index-documents.ts";
import { badAnnotations } from "./annotations/json-records.ts";

/**
 * COCO: `annotations/instances_train.json` and its like, one file per split or one for all; where none is called so,
 * every JSON file with a list of images or annotations. Crowd regions are left out, keypoints and outlines not read.
 * Source: cocodataset.org/#format-data.
 * @throws QuatrainError `bad_annotations`, `too_many_annotations`, `too_many_classes` (400)
 */
export async function readCoco(input: FormatInput, problems: Problems): Promise<DraftDataset> {
  const placed = await readDocuments(input, cocoPaths(input), problems);
  if (placed.length === 0)
    throw badAnnotations("*.json", "no JSON file has a list of images and a list of annotations");
  const draft = await indexDocuments(placed, { files: input.files, otherwise: "object_detection" }, problems);
  return { ...draft, shape: "coco" };
}

/** Whether a dataset has files that COCO's tools name so. */
export function hasCocoFile(input: Pick<FormatInput, "files">): boolean {
  return jsonPaths(input).some((path) => INSTANCES.test(path) || NAMED_COCO.test(path));
}

const INSTANCES = /(^|[/_])instances?_[^/]*\.json$/i;
const NAMED_COCO = /coco[^/]*\.json$/i;

function cocoPaths(input: FormatInput) {
  const paths = jsonPaths(input);
  const named = [INSTANCES, NAMED_COCO].map((pattern) => paths.filter((path) => pattern.test(path)));
  const found = named.find((list) => list.length > 0);
  return { paths: found ?? paths, meant: found !== undefined };
}
