import { createHash } from "node:crypto";
import type { DatasetIndex } from "./index/dataset-index.ts";
import type { Manifest, ManifestImage } from "./manifest.ts";

/** What is known of a picture's file. */
export type FileFacts = Pick<ManifestImage, "path" | "sha256" | "bytes" | "width" | "height">;

/**
 * A dataset as it is now: classes and pictures, with their files. O(pictures log pictures).
 * @param files facts of every picture in the index; others are passed over
 * @throws RangeError for a picture without them
 */
export function manifestOf(
  index: Pick<DatasetIndex, "classes" | "images">,
  files: Iterable<FileFacts>,
): Manifest {
  const facts = new Map<string, FileFacts>();
  for (const file of files) facts.set(file.path, file);
  const images = index.images.map(({ path, split, label, boxes }): ManifestImage => {
    const file = facts.get(path);
    if (file === undefined) throw new RangeError(`nothing is known of the file ${path}`);
    const { sha256, bytes, width, height } = file;
    return { path, sha256, bytes, width, height, split, label, boxes };
  });
  return { classes: index.classes, images: images.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/**
 * A manifest as canonical JSON (RFC 8785: keys sorted, no spaces), in pieces.
 * Manifests are equal where these texts are.
 */
export function* manifestJson({ classes, images }: Manifest): Generator<string> {
  yield `{"classes":${JSON.stringify(classes)},"images":[`;
  for (const [at, image] of images.entries()) yield (at === 0 ? "" : ",") + imageJson(image);
  yield "]}";
}

/** SHA-256 of the manifest's canonical JSON, hex: the version of a dataset. */
export function manifestHash(manifest: Manifest): string {
  const hash = createHash("sha256");
  for (const piece of manifestJson(manifest)) hash.update(piece);
  return hash.digest("hex");
}

/** Keys in the order of the alphabet. */
function imageJson({ boxes, bytes, height, label, path, sha256, split, width }: ManifestImage): string {
  const sorted = boxes.map((box) => {
    return { height: box.height, label: box.label, width: box.width, x: box.x, y: box.y };
  });
  return JSON.stringify({ boxes: sorted, bytes, height, label, path, sha256, split, width });
}
