import { folderOf } from "../../index/file-lookup.ts";
import type { Split } from "../../manifest.ts";
import { foldersOfSplit } from "../../paths/split-words.ts";

/**
 * Folders below which a file name of annotations is looked for, the likeliest first: beside the file of annotations
 * and beside its folder, there and in `images/`, there and in the split's own folder.
 */
export function imageRoots(path: string, split: Split | null): string[] {
  const folder = folderOf(path);
  const bases = [...new Set([folder, folderOf(folder.slice(0, -1))])];
  const places = bases.flatMap((base) => [base, `${base}images/`]);
  if (split === null) return places;
  const own = foldersOfSplit(split);
  return [...places, ...places.flatMap((place) => own.map((name) => place + name))];
}
