import { z } from "zod";
import { THUMBNAIL_SIDE } from "../../../algorithms/image/quality/measure-quality.ts";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";

/** Float32, little-endian, row by row: what `Float32Array` holds on every machine that this runs on. */
const THUMBNAIL_BYTES = 4 * THUMBNAIL_SIDE ** 2;

const finite = z.number();
const share = finite.min(0);

/** What good pictures of a memory are like, as a manifest says it. */
export const BundledQuality = z.object({
  n_images: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  sharpness: z.object({ median: finite, least: finite }),
  brightness: z.object({ median: finite, least: finite, most: finite }),
  most_dark_share: share,
  most_bright_share: share,
  alignment: z
    .object({
      most_offset: share,
      least_response: finite,
      thumbnail_base64: z
        .base64()
        .length(4 * Math.ceil(THUMBNAIL_BYTES / 3))
        .refine((text) => thumbnailOf(text).every(Number.isFinite), "numbers that are not finite"),
    })
    .nullable(),
});

type BundledQuality = z.infer<typeof BundledQuality>;

export function writeQuality(reference: QualityReference): BundledQuality {
  const { count, sharpness, brightness, mostDark, mostBright, alignment } = reference;
  return {
    n_images: count,
    sharpness,
    brightness,
    most_dark_share: mostDark,
    most_bright_share: mostBright,
    alignment:
      alignment === null
        ? null
        : {
            most_offset: alignment.mostOffset,
            least_response: alignment.leastResponse,
            thumbnail_base64: bytesOf(alignment.thumbnail.data).toString("base64"),
          },
  };
}

export function readQuality(bundled: BundledQuality): QualityReference {
  const { n_images, sharpness, brightness, most_dark_share, most_bright_share, alignment } = bundled;
  return {
    count: n_images,
    sharpness,
    brightness,
    mostDark: most_dark_share,
    mostBright: most_bright_share,
    alignment:
      alignment === null
        ? null
        : {
            mostOffset: alignment.most_offset,
            leastResponse: alignment.least_response,
            thumbnail: {
              width: THUMBNAIL_SIDE,
              height: THUMBNAIL_SIDE,
              data: thumbnailOf(alignment.thumbnail_base64),
            },
          },
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** A copy: aligned, and of exactly as many numbers as a thumbnail has. */
function thumbnailOf(base64: string): Float32Array {
  const bytes = new Uint8Array(THUMBNAIL_BYTES);
  bytes.set(Buffer.from(base64, "base64").subarray(0, THUMBNAIL_BYTES));
  return new Float32Array(bytes.buffer);
}
