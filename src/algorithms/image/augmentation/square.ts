import type { Picture } from "../picture.ts";
import { resample } from "../resample.ts";
import type { PreprocessingOptions } from "./options.ts";
import { roundHalfEven } from "./round-half-even.ts";

/** Share of the shorter side that `resize_crop` keeps, as torchvision's evaluation of 224 out of 256. */
const CROP_SHARE = 0.875;

/**
 * The picture brought to `imageSize` x `imageSize` as its mode says (bilinear, antialiased):
 * - `resize` stretches it;
 * - `resize_crop` is torchvision's `Resize(floor(imageSize / 0.875))` and `CenterCrop(imageSize)`;
 * - `pad` is Pillow's `ImageOps.pad` with black.
 *
 * May be the picture itself where nothing is to be done.
 */
export function squareOf(
  picture: Picture,
  { imageSize, resizeMode }: Pick<PreprocessingOptions, "imageSize" | "resizeMode">,
): Picture {
  if (resizeMode === "resize_crop") return middleOf(picture, imageSize);
  if (resizeMode === "pad") return padded(picture, imageSize);
  return resample(picture, { width: imageSize, height: imageSize });
}

function middleOf(picture: Picture, size: number): Picture {
  const shorter = Math.floor(size / CROP_SHARE);
  const side = Math.min(picture.width, picture.height);
  const width = Math.trunc((shorter * picture.width) / side);
  const height = Math.trunc((shorter * picture.height) / side);
  const left = roundHalfEven((width - size) / 2);
  const top = roundHalfEven((height - size) / 2);
  return resample(picture, { width, height, window: { left, top, width: size, height: size } });
}

function padded(picture: Picture, size: number): Picture {
  const { width: w, height: h } = picture;
  const width = w < h ? Math.max(1, roundHalfEven((w / h) * size)) : size;
  const height = h < w ? Math.max(1, roundHalfEven((h / w) * size)) : size;
  const inner = resample(picture, { width, height });
  if (width === height) return inner;
  const left = roundHalfEven((size - width) / 2);
  const top = roundHalfEven((size - height) / 2);
  const data = new Uint8Array(size * size * 3);
  for (let row = 0; row < height; row++)
    data.set(inner.data.subarray(row * width * 3, (row + 1) * width * 3), ((top + row) * size + left) * 3);
  return { width: size, height: size, data };
}
