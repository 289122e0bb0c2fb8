import { writeShownSrgb } from "../../colour/gamut.ts";
import { type Oklab, type OklabPicture, oklabPicture } from "../../colour/oklab.ts";
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
  const rows = [planes.l, planes.a, planes.b].map((plane) => enlargedRows(plane, planes, page));
  const given = {
    width,
    height: 1,
    l: new Float32Array(width),
    a: new Float32Array(width),
    b: new Float32Array(width),
  };
  const compose = planes.lightness === "own" ? composeDrawn : composePlain;
  for (let y = 0; y < height; y++) {
    [given.l, given.a, given.b].forEach((line, at) => {
      rows[at]?.row(y, line);
    });
    const own = oklabPicture({
      width,
      height: 1,
      data: page.data.subarray(3 * y * width, 3 * (y + 1) * width),
    });
    compose({ prepared, planes, strength, own, given, data }, y * width);
  }
  return { width, height, data };
}

/** One row of the page: its own colours, and those that it is given. */
interface Row {
  readonly prepared: PreparedPage;
  readonly planes: ColourPlanes;
  readonly strength: number;
  readonly own: OklabPicture;
  readonly given: OklabPicture;
  readonly data: Uint8Array;
}

/** A row that keeps its own lightness. */
function composePlain(row: Row, from: number): void {
  const { own, given } = row;
  const { table } = row.planes;
  for (let x = 0; x < own.width; x++) {
    if (isKept(row.prepared, from + x)) continue;
    const before = own.l[x] as number;
    const after = before + ((given.l[x] as number) + shadeAt(table, before, 3)) * lit(before);
    const a = (given.a[x] as number) + shadeAt(table, before, 1);
    const b = (given.b[x] as number) + shadeAt(table, before, 2);
    blend(row, x, after, a, b, 3 * (from + x));
  }
}

/** A row whose lightness is given, under its ink. */
function composeDrawn(row: Row, from: number): void {
  const { own, given } = row;
  const [darkest, inkA, inkB] = row.planes.ink ?? BLACK_INK;
  const inkLightness = Math.min(darkest, LIGHTEST_INK);
  for (let x = 0; x < own.width; x++) {
    if (isKept(row.prepared, from + x)) continue;
    const ink = SHARE_OF_BYTE[row.prepared.ink.data[from + x] as number] as number;
    const light = given.l[x] as number;
    const after = light + ink * (Math.max(0, Math.min(inkLightness, light - INK_STEP)) - light);
    const a = (given.a[x] as number) + ink * (inkA - (given.a[x] as number));
    const b = (given.b[x] as number) + ink * (inkB - (given.b[x] as number));
    blend(row, x, after, a, b, 3 * (from + x));
  }
}

function isKept({ textMask, gutterMask }: PreparedPage, pixel: number): boolean {
  return textMask.data[pixel] === 1 || gutterMask.data[pixel] === 1;
}

/** Goes as far as the strength from a pixel's own colour to another one. */
function blend(
  { own, strength, data }: Row,
  x: number,
  after: number,
  a: number,
  b: number,
  at: number,
): void {
  const before = own.l[x] as number;
  const chroma = strength * lit(after);
  writeShownSrgb(
    before + strength * (after - before),
    (own.a[x] as number) * (1 - strength) + chroma * a,
    (own.b[x] as number) * (1 - strength) + chroma * b,
    data,
    at,
  );
}

/** 0 in black to 1 where there is light enough for colour. */
function lit(lightness: number): number {
  const share = Math.min(1, Math.max(0, (lightness - BLACK) / (LIT - BLACK)));
  return share * share * (3 - 2 * share);
}
