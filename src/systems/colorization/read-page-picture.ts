import type { Picture } from "../../algorithms/image/picture.ts";
import { countFrames } from "../../ml/images/count-frames.ts";
import { decodePicture } from "../../ml/images/decode-picture.ts";
import type { PictureLimits } from "../../ml/images/picture-errors.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { inSharedMemory } from "./engine/shared-memory.ts";

/**
 * A page or a reference, on white paper where it is transparent. A file of several pictures is none: which of them is meant nobody could tell.
 * @throws QuatrainError (400) `several_pictures`, and what `decodePicture` throws
 */
export async function readPagePicture(bytes: Uint8Array, limits: PictureLimits): Promise<Picture> {
  await demandOnePicture(bytes);
  return inSharedMemory(await decodePicture(bytes, limits, "on-white"));
}

/** @throws QuatrainError `several_pictures` (400) */
export async function demandOnePicture(bytes: Uint8Array): Promise<void> {
  const frames = await countFrames(bytes);
  if (frames === 1) return;
  throw userError(
    "several_pictures",
    400,
    `the file holds ${frames} pictures (an animation, or a tiff of several pages): save each as a file of its own`,
    { frames },
  );
}
