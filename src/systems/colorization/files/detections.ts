import { z } from "zod";

/** `class_name` by `class_id`. Source: spec/colorization.md section 3. */
export const DETECTION_CLASSES = ["body", "face", "frame", "text"] as const;

const MAX_RLE_CHARACTERS = 4 * 2 ** 20;
const MAX_SIDE = 100_000;

const finite = z.number();
const side = z.int().min(1).max(MAX_SIDE);

/** Something that was found on a page. `bbox` is x1, y1, x2, y2 in pixels, edges as in `PageBox`. */
export const Detection = z.strictObject({
  bbox: z.tuple([finite, finite, finite, finite]),
  confidence: finite,
  page_num: z.int().min(0),
  class_id: z.int().min(0).max(3),
  class_name: z.string().min(1).max(100),
  char_id: z
    .string()
    .regex(/^char_\d{3,}_\d{3,}$/)
    .nullable(),
  /** As `encodeRle` writes it; its size is `mask_shape`. */
  sam_mask_rle: z.string().max(MAX_RLE_CHARACTERS).nullable(),
  /** Height, width. */
  mask_shape: z.tuple([side, side]),
  depth_score: finite,
  depth_rank: z.int(),
});
export type Detection = z.infer<typeof Detection>;

/**
 * The name of a character of a page: `char_007_002`, the page and the how manieth.
 * @throws RangeError for negative numbers and fractions
 */
export function characterId(pageNum: number, index: number): string {
  for (const number of [pageNum, index])
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${number} cannot be in a name`);
  return `char_${String(pageNum).padStart(3, "0")}_${String(index).padStart(3, "0")}`;
}
