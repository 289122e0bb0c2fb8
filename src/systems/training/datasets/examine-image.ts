import { perceptualHash } from "../../../algorithms/image/perceptual-hash.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { decodeProbed, probeWithin } from "../../../ml/images/decode-picture.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { type PictureFormat, sniffFormat } from "../../../ml/images/picture-format.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";

/** A picture of a dataset that can be decoded. */
export interface ExaminedImage {
  /** Pixels as decoded, upright. */
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  /** 16 hex digits; null for pictures that are nearly uniform or under 32 pixels on a side. */
  readonly perceptualHash: string | null;
  /** Whether the name's extension is another format's. Such a picture is fine. */
  readonly mislabelled: boolean;
}

/** Why a picture cannot be used. */
export interface ImageProblem {
  readonly code: "corrupt" | "too_large" | "unsupported";
  readonly message: string;
}

const EXTENSIONS: Readonly<Record<PictureFormat, readonly string[]>> = {
  png: ["png"],
  jpeg: ["jpg", "jpeg", "jpe", "jfif"],
  bmp: ["bmp", "dib"],
  webp: ["webp"],
  tiff: ["tif", "tiff"],
  gif: ["gif"],
};
/** Pictures to the user, though none that can be read. */
const OTHER_PICTURES = [
  "heic",
  "heif",
  "avif",
  "jxl",
  "jp2",
  "psd",
  "svg",
  "ico",
  "ppm",
  "pgm",
  "tga",
  "raw",
  "dng",
];
const PICTURES: ReadonlySet<string> = new Set([...Object.values(EXTENSIONS).flat(), ...OTHER_PICTURES]);

/** Pixels that a perceptual hash is made of at most: it averages to 32 x 32. */
const HASHED_PIXELS = 1_000_000;

/** Whether a file is to be examined as a picture, by its name. */
export function isImageName(path: string): boolean {
  return PICTURES.has(extensionOf(path));
}

/** Does the work once there is room for so many pixels. */
export type DecodingTurn = <Result>(pixels: number, work: () => Promise<Result>) => Promise<Result>;

const atOnce: DecodingTurn = (_pixels, work) => work();

/**
 * Decodes a picture of a dataset whole, to know that it can be. O(pixels).
 * @param bytes of the file
 * @param path for its extension
 * @returns what is wrong with it instead, where something is
 */
export async function examineImage(
  bytes: Uint8Array,
  path: string,
  limits: PictureLimits,
  turn: DecodingTurn = atOnce,
): Promise<ExaminedImage | ImageProblem> {
  try {
    const header = await probeWithin(bytes, limits);
    return await turn(header.width * header.height, async () => {
      const picture = await decodeProbed(bytes, header);
      const { width, height } = picture;
      const { format } = header;
      const mislabelled = isImageName(path) && !EXTENSIONS[format].includes(extensionOf(path));
      return { width, height, format, mislabelled, perceptualHash: perceptualHash(thinned(picture)) };
    });
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.status >= 500) throw error;
    return { code: problemCode(error.code, bytes), message: error.message };
  }
}

function problemCode(code: string, bytes: Uint8Array): ImageProblem["code"] {
  if (code === "image_too_large") return "too_large";
  return bytes.length > 0 && sniffFormat(bytes) === null ? "unsupported" : "corrupt";
}

function extensionOf(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** Every so many-th pixel of a large picture, along both sides. */
function thinned(picture: Picture): Picture {
  const step = Math.ceil(Math.sqrt((picture.width * picture.height) / HASHED_PIXELS));
  const [width, height] = [Math.floor(picture.width / step), Math.floor(picture.height / step)];
  if (step === 1 || Math.min(width, height) < 32) return picture;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      const from = 3 * (y * step * picture.width + x * step);
      data[to] = picture.data[from]!;
      data[to + 1] = picture.data[from + 1]!;
      data[to + 2] = picture.data[from + 2]!;
    }
  return { width, height, data };
}
