import type { DatasetFile } from "./dataset-index.ts";
import type { Problems } from "./problems.ts";

/**
 * Notes the pictures that no annotation is about. O(files).
 * @param annotated paths
 */
export function noteUnannotated(
  files: readonly DatasetFile[],
  annotated: { has(path: string): boolean },
  problems: Problems,
): void {
  for (const { path, isImage } of files)
    if (isImage && !annotated.has(path))
      problems.add("image_without_annotation", path, "Nothing is said about the picture: it is left out");
}
