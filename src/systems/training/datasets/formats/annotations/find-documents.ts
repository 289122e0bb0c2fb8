import type { FormatInput } from "../../index/dataset-index.ts";
import type { Problems } from "../../index/problems.ts";
import type { Split } from "../../manifest.ts";
import { splitOfFolders, splitOfWord } from "../../paths/split-words.ts";
import type { PlacedDocument } from "./gather-targets.ts";
import { MAX_JSON_BYTES } from "./json-records.ts";
import { readDocument } from "./read-document.ts";

/** Files of annotations that are read of one dataset. */
const MAX_DOCUMENTS = 50;
const LISTS = /"(images|annotations)"\s*:\s*\[/;

/** JSON files, outer ones first, then in the order of their paths. */
export function jsonPaths({ files }: Pick<FormatInput, "files">): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => /\.json$/i.test(path))
    .map((path) => ({ path, depth: path.split("/").length }))
    .sort((a, b) => a.depth - b.depth || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}

/**
 * Reads files of annotations; those without a list of images or annotations are passed over, which is noted where
 * the name says that they are meant.
 * @param meant files that are called as annotations are
 * @throws QuatrainError `bad_annotations`, `too_many_annotations` (400)
 */
export async function readDocuments(
  input: FormatInput,
  { paths, meant }: { readonly paths: readonly string[]; readonly meant: boolean },
  problems: Problems,
): Promise<PlacedDocument[]> {
  const placed: PlacedDocument[] = [];
  const counter = { entries: 0 };
  for (const path of paths.slice(0, MAX_DOCUMENTS)) {
    const text = await input.readText(path, MAX_JSON_BYTES);
    if (LISTS.test(text))
      placed.push({ document: await readDocument(text, path, counter), split: splitOfDocument(path) });
    else if (meant)
      problems.add(
        "bad_annotation",
        path,
        "The file has no list of images or annotations: it is passed over",
      );
  }
  for (const path of paths.slice(MAX_DOCUMENTS))
    problems.add(
      "too_many_documents",
      path,
      `Only ${MAX_DOCUMENTS} files of annotations are read, not this one`,
    );
  return placed;
}

/** `instances_val2017.json`, `train.json`, `valid/_annotations.coco.json` */
function splitOfDocument(path: string): Split | null {
  const words = path.slice(path.lastIndexOf("/") + 1).split(/[_.\s-]+/);
  return words.map(splitOfWord).find((split) => split !== null) ?? splitOfFolders(path);
}
