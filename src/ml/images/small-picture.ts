import { decodePicture } from "./decode-picture.ts";
import type { PictureLimits } from "./picture-errors.ts";
import { rawSamples } from "./sharp-engine.ts";

const QUALITY = 82;

/**
 * A picture's file as a WebP no wider than `width` pixels, for lists of pictures. Works outside the event loop's thread.
 * @throws QuatrainError (400) as `decodePicture`
 */
export async function smallPicture(bytes: Uint8Array, width: number, limits: PictureLimits): Promise<Buffer> {
  const picture = await decodePicture(bytes, limits);
  return rawSamples(picture.data, picture.width, picture.height, 3)
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toBuffer();
}
