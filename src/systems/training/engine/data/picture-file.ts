import { readFile, stat } from "node:fs/promises";
import type { Picture } from "../../../../algorithms/image/picture.ts";
import { decodePicture } from "../../../../ml/images/decode-picture.ts";
import { userError } from "../../../../platform/errors/quatrain-error.ts";

/** What a picture of a dataset may be at most; several are decoded at once. */
const LIMITS = { maxBytes: 64 * 2 ** 20, maxPixels: 100_000_000 };

/**
 * Reads and decodes a picture of any kind that `decodePicture` knows.
 * @throws QuatrainError (400) `empty_file`, `image_too_large` (before anything is read), `undecodable_image`
 * @throws Error of the file system where the file is not there or cannot be read: no fault of the picture
 */
export async function readPictureFile(file: string): Promise<Picture> {
  const { size } = await stat(file);
  if (size > LIMITS.maxBytes)
    throw userError(
      "image_too_large",
      400,
      `the picture has ${size} bytes, at most ${LIMITS.maxBytes} are allowed: save it smaller`,
    );
  return decodePicture(await readFile(file), LIMITS);
}
