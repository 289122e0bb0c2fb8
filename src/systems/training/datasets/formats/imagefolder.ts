import { className, sortedNames } from "../index/class-names.ts";
import type { DatasetFile, DraftDataset, DraftImage } from "../index/dataset-index.ts";
import type { Problems } from "../index/problems.ts";
import { inTurns } from "../index/turns.ts";
import type { Split } from "../manifest.ts";
import { splitOfWord } from "../paths/split-words.ts";
import { topFolder } from "../paths/top-folder.ts";

/**
 * Folders as classes: `train/<class>/`, `val/<class>/`, `test/<class>/`, or only `<class>/`; a folder around all of
 * it is passed over, folders under a class belong to it. O(files).
 *
 * Folders mean splits when one with such a name holds class folders, and either no other folder holds pictures or
 * one of them is `train`: classes may be called `train`, `valid` or `test`.
 * Source: spec/training.md section 3, shape D.
 */
export async function readImageFolder(
  files: readonly DatasetFile[],
  problems: Problems,
): Promise<DraftDataset> {
  const paths = files.filter((file) => file.isImage).map((file) => file.path);
  const top = topFolder(paths).length;
  const withSplits = meansSplits(paths, top);
  const placed: { path: string; split: Split | null; name: string }[] = [];
  for await (const path of inTurns(paths)) {
    const folders = path.slice(top).split("/").slice(0, -1);
    const split = withSplits ? splitOfWord(folders[0] ?? "") : null;
    const name = className(folders[split === null ? 0 : 1] ?? "");
    if (withSplits && split === null)
      problems.add(
        "outside_split",
        path,
        "The picture lies beside the folders train, val and test: it is left out",
      );
    else if (name === "")
      problems.add("image_without_class", path, "The picture lies in no class's folder: it is left out");
    else placed.push({ path, split, name });
  }
  const classes = sortedNames(placed.map(({ name }) => name));
  const labels = new Map(classes.map((name, label) => [name, label]));
  const images = placed.map(({ path, split, name }): DraftImage => {
    return { path, split, label: labels.get(name) ?? 0, boxes: [] };
  });
  return { classes, taskType: "image_classification", images, shape: "imagefolder" };
}

/** Whether the outermost folders are splits. */
function meansSplits(paths: readonly string[], top: number): boolean {
  const splits = new Set<string>();
  const others = new Set<string>();
  let trains = false;
  for (const path of paths) {
    const [first = "", second] = path.slice(top).split("/", 3).slice(0, -1);
    const split = first === "" ? null : splitOfWord(first);
    if (split !== null && second !== undefined) {
      splits.add(first);
      trains ||= split === "train";
    } else if (split === null && first !== "") others.add(first);
  }
  return splits.size > 0 && (others.size === 0 || trains);
}
