import type { DatasetFile, DraftImage } from "./dataset-index.ts";
import type { Problems } from "./problems.ts";

/** Notes the pictures that no annotation is about. O(files). */
export function noteUnannotated(
  files: readonly DatasetFile[],
  images: readonly DraftImage[],
  problems: Problems,
): void {
  const annotated = new Set(images.map(({ path }) => path));
  for (const { path, isImage } of files)
    if (isImage && !annotated.has(path))
      problems.add("image_without_annotation", path, "Nothing is said about the picture: it is left out");
}
