import type { Picture } from "../../algorithms/image/picture.ts";
import { messageOf, QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { decodeBmp } from "./bmp.ts";
import { readBmpHeader } from "./bmp-header.ts";
import { demandBytes, demandPixels, type PictureLimits, undecodable } from "./picture-errors.ts";
import { type PictureFormat, sniffFormat } from "./picture-format.ts";
import { reader, samplesOf } from "./sharp-engine.ts";

/** What a file's header says. */
export interface PictureHeader {
  readonly format: PictureFormat;
  /** Size as decoded, with the Exif orientation applied. */
  readonly width: number;
  readonly height: number;
}

/** libvips sample types whose range is known; floating point and 32 bit pictures have none. */
const DEPTHS = ["uchar", "ushort"];

/**
 * Reads the header only.
 * @throws QuatrainError `empty_file`, `undecodable_image` (400)
 */
export async function probePicture(bytes: Uint8Array): Promise<PictureHeader> {
  demandBytes(bytes, { maxBytes: Number.POSITIVE_INFINITY, maxPixels: 0 });
  const format = sniffFormat(bytes);
  if (format === null)
    throw undecodable("it is none of png, jpg, bmp, webp, tif and gif: save it as one of these");
  if (format === "bmp") {
    const { width, height } = readBmpHeader(bytes);
    return { format, width, height };
  }
  return inWords(async () => {
    const { autoOrient, depth } = await reader(bytes).metadata();
    if (!DEPTHS.includes(depth ?? ""))
      throw undecodable(`its samples are of type ${depth}: save it with 8 or 16 bits per channel`);
    return { format, width: autoOrient.width, height: autoOrient.height };
  });
}

/**
 * Decodes png, jpeg, bmp, webp, tiff (first page) and gif (first frame) to 8 bit sRGB, upright:
 * - Exif orientation is applied; an embedded ICC profile is followed; CMYK becomes sRGB.
 * - Gray becomes three equal channels; 16 bit is scaled to 8 bit, not clipped.
 * - Alpha is dropped, not blended: hidden colours come back, as with Pillow's `convert("RGB")`. `on-white` lays the
 *   picture on white paper instead, as who draws lines on nothing means it; a bmp's alpha is dropped all the same.
 *
 * Works outside the event loop's thread. Memory: 3 bytes per pixel, plus the decoder's own.
 * @throws QuatrainError (400) `empty_file`; `image_too_large` beyond the limits, before anything is decoded;
 * `undecodable_image` for foreign, damaged and truncated files.
 */
export async function decodePicture(
  bytes: Uint8Array,
  limits: PictureLimits,
  alpha: "dropped" | "on-white" = "dropped",
): Promise<Picture> {
  return decodeProbed(bytes, await probeWithin(bytes, limits), alpha);
}

/**
 * The header of a picture that may be decoded, for whoever has to find room for it first.
 * @throws QuatrainError (400) `empty_file`, `image_too_large`, `undecodable_image`
 */
export async function probeWithin(bytes: Uint8Array, limits: PictureLimits): Promise<PictureHeader> {
  demandBytes(bytes, limits);
  const header = await probePicture(bytes);
  demandPixels(header.width, header.height, limits);
  return header;
}

/** The same as `decodePicture`, with the header of `probeWithin`. @throws QuatrainError `undecodable_image` (400) */
export async function decodeProbed(
  bytes: Uint8Array,
  { format }: Pick<PictureHeader, "format">,
  alpha: "dropped" | "on-white" = "dropped",
): Promise<Picture> {
  if (format === "bmp") return decodeBmp(bytes, readBmpHeader(bytes));
  return inWords(async () => {
    const upright = reader(bytes).autoOrient();
    const opaque = alpha === "dropped" ? upright.removeAlpha() : upright.flatten({ background: "#fff" });
    const image = opaque.toColourspace("srgb");
    const { channels, ...picture } = await samplesOf(image);
    if (channels !== 3) throw undecodable(`it has ${channels} colour channels`);
    return picture;
  });
}

/** libvips' own words, one line of them, in an error for the user. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QuatrainError) throw error;
    const [line = ""] = messageOf(error).split("\n");
    throw undecodable(`it is damaged or incomplete (${line.trim()}): export it again`);
  }
}
