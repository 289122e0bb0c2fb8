import { writeShownSrgb } from "../colour/gamut.ts";
import { oklabPicture } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import type { PreparedPage } from "../page/prepared-page.ts";

/**
 * A page with the colours of another picture of it: the page's own lightness, and so its lines and shades, the other's
 * hue and chroma, scaled by `strength`; balloons and lettering stay exactly as they are, strength 0 too.
 * O(pixels). Source: spec/colorization.md section 4, "After any engine".
 * @throws RangeError unless both have the same size
 */
export function keepPage(
  page: Picture,
  { textMask }: Pick<PreparedPage, "textMask">,
  coloured: Picture,
  strength: number,
): Picture {
  const { width, height } = page;
  if (coloured.width !== width || coloured.height !== height) {
    throw new RangeError(
      `a page of ${width} x ${height} cannot take the colours of ${coloured.width} x ${coloured.height}`,
    );
  }
  const data = page.data.slice();
  if (strength === 0) return { width, height, data };
  const own = oklabPicture(page);
  const other = oklabPicture(coloured);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (textMask.data[pixel] === 1) continue;
    const a = own.a[pixel]! + strength * (other.a[pixel]! - own.a[pixel]!);
    const b = own.b[pixel]! + strength * (other.b[pixel]! - own.b[pixel]!);
    writeShownSrgb(own.l[pixel]!, a, b, data, 3 * pixel);
  }
  return { width, height, data };
}
