import type { Mask, Picture } from "../../../algorithms/image/picture.ts";
import { decodePicture } from "../../../ml/images/decode-picture.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";

/**
 * The mask of lettering and balloons that a first pass has written: what is lighter than 127 is inside.
 * @throws QuatrainError `mask_mismatch` (400) where it is not of the page's size; what `decodePicture` throws
 */
export async function readMask(bytes: Uint8Array, page: Picture, limits: PictureLimits): Promise<Mask> {
  const { width, height, data } = await decodePicture(bytes, limits);
  if (width !== page.width || height !== page.height)
    throw userError(
      "mask_mismatch",
      400,
      `the text mask is ${width} x ${height} and the page ${page.width} x ${page.height}: run pass 1 again`,
    );
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, at) => (data[3 * at]! > 127 ? 1 : 0)),
  };
}
