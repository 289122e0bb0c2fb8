import { type QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";

/** What a picture may be at most. */
export interface PictureLimits {
  /** Bytes of the file. */
  readonly maxBytes: number;
  /** Width times height, read from the header before anything is decoded. */
  readonly maxPixels: number;
}

/** `undecodable_image` (400). `problem` follows "the picture cannot be decoded: ". */
export function undecodable(problem: string): QuatrainError {
  return userError("undecodable_image", 400, `the picture cannot be decoded: ${problem}`);
}

/** @throws QuatrainError `empty_file` or `image_too_large` (400) */
export function demandBytes(bytes: Uint8Array, { maxBytes }: PictureLimits): void {
  const size = bytes.byteLength;
  if (size === 0) throw userError("empty_file", 400, "the picture is an empty file: send it again");
  if (size > maxBytes)
    throw userError(
      "image_too_large",
      400,
      `the picture has ${size} bytes, at most ${maxBytes} are allowed`,
      {
        bytes: size,
        maxBytes,
      },
    );
}

/** @throws QuatrainError `image_too_large` (400) */
export function demandPixels(width: number, height: number, { maxPixels }: PictureLimits): void {
  if (width * height > maxPixels)
    throw userError(
      "image_too_large",
      400,
      `the picture is ${width} x ${height}, at most ${maxPixels} pixels are allowed: scale it down or cut it`,
      { width, height, maxPixels },
    );
}
