import type { Picture } from "./picture.ts";
import { type ResampleWeights, resampleWeights, WEIGHT_BITS } from "./resample-weights.ts";

/** A rectangle of whole pixels inside a picture. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Resampling {
  /** Part of the picture that is taken; all of it where absent. Nothing outside has an influence. */
  readonly source?: Region;
  /** What that part becomes, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Part of the result that is wanted: as if it were cut out afterwards, without the work for the rest. */
  readonly window?: Region;
}

const HALF = 2 ** (WEIGHT_BITS - 1);

/**
 * Stretches a picture, or a part of it, bilinearly; when shrinking, the filter is widened (antialiased). The same bytes
 * as Pillow's `Image.resize(..., BILINEAR)`: both axes in fixed point, columns first. A picture that already has the
 * size is handed back itself. O(pixels of the source + pixels of the result).
 * @throws RangeError for parts that are empty or reach beyond the picture or the result
 */
export function resample(picture: Picture, { source, width, height, window }: Resampling): Picture {
  const part = source ?? whole(picture);
  const wanted = window ?? whole({ width, height });
  demandInside(part, picture);
  demandInside(wanted, { width, height });
  if (isWhole(part, picture) && isWhole(wanted, picture) && width === part.width && height === part.height)
    return picture;
  const columns = resampleWeights({
    offset: part.left,
    from: part.width,
    to: width,
    first: wanted.left,
    count: wanted.width,
  });
  const rows = resampleWeights({
    offset: 0,
    from: part.height,
    to: height,
    first: wanted.top,
    count: wanted.height,
  });
  const last = wanted.height - 1;
  const firstRow = rows.starts[0] ?? 0;
  const endRow = (rows.starts[last] ?? 0) + (rows.lengths[last] ?? 0);
  const narrow = alongRows(picture, columns, part.top + firstRow, endRow - firstRow);
  return alongColumns(narrow, rows, firstRow);
}

/** Each of the rows, `rows` from `firstRow` on, brought to its new width. */
function alongRows({ width, data }: Picture, by: ResampleWeights, firstRow: number, rows: number): Picture {
  const { taps, starts, lengths, weights } = by;
  const count = starts.length;
  const result = new Uint8Array(count * rows * 3);
  let target = 0;
  for (let row = 0; row < rows; row++) {
    const base = (firstRow + row) * width;
    for (let x = 0; x < count; x++) {
      let at = 3 * (base + starts[x]!);
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      const first = x * taps;
      const end = first + lengths[x]!;
      for (let tap = first; tap < end; tap++) {
        const weight = weights[tap]!;
        red += weight * data[at]!;
        green += weight * data[at + 1]!;
        blue += weight * data[at + 2]!;
        at += 3;
      }
      result[target] = red >> WEIGHT_BITS;
      result[target + 1] = green >> WEIGHT_BITS;
      result[target + 2] = blue >> WEIGHT_BITS;
      target += 3;
    }
  }
  return { width: count, height: rows, data: result };
}

/** The rows, of which the first is `firstRow` of the weights' own count, brought to their new number. */
function alongColumns({ width, data }: Picture, by: ResampleWeights, firstRow: number): Picture {
  const { taps, starts, lengths, weights } = by;
  const count = starts.length;
  const stride = width * 3;
  const result = new Uint8Array(stride * count);
  const sums = new Int32Array(stride);
  for (let y = 0; y < count; y++) {
    sums.fill(HALF);
    const start = starts[y]! - firstRow;
    const length = lengths[y]!;
    for (let tap = 0; tap < length; tap++) {
      const weight = weights[y * taps + tap]!;
      if (weight === 0) continue;
      const from = (start + tap) * stride;
      for (let x = 0; x < stride; x++) sums[x] = sums[x]! + weight * data[from + x]!;
    }
    const target = y * stride;
    for (let x = 0; x < stride; x++) result[target + x] = sums[x]! >> WEIGHT_BITS;
  }
  return { width, height: count, data: result };
}

function whole({ width, height }: { readonly width: number; readonly height: number }): Region {
  return { left: 0, top: 0, width, height };
}

function isWhole(region: Region, picture: Picture): boolean {
  return region.width === picture.width && region.height === picture.height;
}

function demandInside(region: Region, size: { readonly width: number; readonly height: number }): void {
  const { left, top, width, height } = region;
  const fits = left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height;
  if (!fits || width < 1 || height < 1 || ![left, top, width, height].every(Number.isInteger))
    throw new RangeError(
      `${width} x ${height} at ${left}, ${top} is no part of ${size.width} x ${size.height}`,
    );
}
