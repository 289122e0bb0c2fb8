import { writeShownSrgb } from "../../colour/gamut.ts";
import { type Oklab, oklabPicture } from "../../colour/oklab.ts";
import type { Picture } from "../../image/picture.ts";
import { type PreparedPage, SHARE_OF_BYTE } from "../../page/prepared-page.ts";
import type { Size } from "../analysis/reduce-plane.ts";
import { shadeAt, type ToneTable } from "../matching/tone-table.ts";
import { enlargedRows } from "./enlarged-rows.ts";

/** What a page is given beyond the usual shades of its tones (`added`), or in all (`own`), at the size of analysis: planes `[height, width]` row-major, OKLab. */
export interface ColourPlanes extends Size {
  /** `added`: to the page's own lightness. `own`: instead of it, under the ink. */
  readonly lightness: "added" | "own";
  readonly table: ToneTable;
  /** Colour of the references' ink; null where unknown. */
  readonly ink: Oklab | null;
  readonly l: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** Blacker than this there is no colour, lighter than that there is all of it; OKLab l. */
const BLACK = 0.06;
const LIT = 0.3;
/** Ink where the references have none, and the lightest that it may be; OKLab. */
const BLACK_INK: Oklab = [0.08, 0, 0];
const LIGHTEST_INK = 0.32;
/** How much darker ink is at least than what it lies on, or black: lines on dark tones must stay to be seen. */
const INK_STEP = 0.16;

/**
 * The page in colour. Lettering and gutters keep their bytes; `strength` is how far the rest goes from the page's own
 * colours to the given ones, 0 gives its bytes back. What sRGB cannot show loses chroma. O(pixels).
 */
export function composePage(
  page: Picture,
  prepared: PreparedPage,
  planes: ColourPlanes,
  strength: number,
): Picture {
  const { width, height } = page;
  const data = page.data.slice();
  if (strength === 0) return { width, height, data };
  const line = planes.ink ?? BLACK_INK;
  const inkLightness = Math.min(line[0], LIGHTEST_INK);
  const rows = [planes.l, planes.a, planes.b].map((plane) => enlargedRows(plane, planes, page));
  const [ls, as, bs] = [0, 1, 2].map(() => new Float32Array(width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let y = 0; y < height; y++) {
    [ls, as, bs].forEach((line, at) => {
      rows[at]?.row(y, line);
    });
    const own = oklabPicture({
      width,
      height: 1,
      data: page.data.subarray(3 * y * width, 3 * (y + 1) * width),
    });
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (prepared.textMask.data[pixel] === 1 || prepared.gutterMask.data[pixel] === 1) continue;
      const before = own.l[x] as number;
      const ink = SHARE_OF_BYTE[prepared.ink.data[pixel] as number] as number;
      const given = ls[x] as number;
      const after =
        planes.lightness === "own"
          ? given + ink * (Math.max(0, Math.min(inkLightness, given - INK_STEP)) - given)
          : before + (given + shadeAt(planes.table, before, 3)) * lit(before);
      const plain = planes.lightness === "added";
      const givenA =
        (as[x] as number) + (plain ? shadeAt(planes.table, before, 1) : ink * (line[1] - (as[x] as number)));
      const givenB =
        (bs[x] as number) + (plain ? shadeAt(planes.table, before, 2) : ink * (line[2] - (bs[x] as number)));
      const chroma = strength * lit(after);
      const beforeA = own.a[x] as number;
      const beforeB = own.b[x] as number;
      writeShownSrgb(
        before + strength * (after - before),
        beforeA * (1 - strength) + chroma * givenA,
        beforeB * (1 - strength) + chroma * givenB,
        data,
        3 * pixel,
      );
    }
  }
  return { width, height, data };
}

/** 0 in black to 1 where there is light enough for colour. */
function lit(lightness: number): number {
  const share = Math.min(1, Math.max(0, (lightness - BLACK) / (LIT - BLACK)));
  return share * share * (3 - 2 * share);
}
