import type { DocumentImages } from "../images.ts";
import { IMAGE_LIMITS } from "../limits.ts";
import type { Archive } from "./archive.ts";

/** The pictures that lie in a folder of an archive; each file once, however often the document shows it. */
export async function readPackedImages(
  archive: Archive,
  folder: string,
  images: DocumentImages,
): Promise<void> {
  for (const { name, bytes } of archive.filesIn(folder)) {
    if (bytes > IMAGE_LIMITS.maxBytes) images.note("images_left_out");
    else await addImage(archive, name, images);
  }
}

async function addImage(archive: Archive, name: string, images: DocumentImages): Promise<void> {
  try {
    await images.addFile(await archive.readImage(name));
  } catch {
    // A damaged entry, or more than an archive may unpack to: the document's text has been read.
    images.note("image_unreadable");
  }
}
