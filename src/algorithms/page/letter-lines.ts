import type { Glyph } from "./glyphs.ts";
import type { PageBox } from "./prepared-page.ts";

/** How far the glyphs of a place look like writing. */
export interface Writing {
  /** Whether it was read in columns. */
  readonly upright: boolean;
  /** Rows or columns of letters. */
  readonly lines: number;
  /** Letters in them. */
  readonly letters: number;
  /** Share of the dark pixels that lie in lines, 0..1. */
  readonly share: number;
}

/** Letters are at least so high; screentone's dots are lower. Pixels. */
const LEAST_SIZE = 6;
/** Along a line, letters lie no further apart than this, in heights of the line; the two eyes of a face do. */
const WIDEST_GAP = 0.85;
/** Thickness of strokes, in heights of the line. Outlines of drawn things are thinner. */
const [THINNEST, THICKEST] = [0.045, 0.36] as const;
/** Lines are longer than high by this: "!?" just so, while a brow is hardly higher than the eye below it. */
const [LEAST_ROW, LEAST_COLUMN] = [0.8, 1.15] as const;
/** Strokes of a line's letters differ no more than this from their median; eyes and mouths do. */
const STROKE_SPREAD = 2.2;

/** Letters that follow another one in their line: what tells writing from things that happen to lie side by side. */
export function followers({ letters, lines }: Writing): number {
  return letters - lines;
}

/**
 * The better reading of the glyphs: in rows, or in columns as in upright Japanese.
 *
 * @param dots whether three equal dots are writing too ("..."); among many glyphs they would be screentone.
 */
export function readWriting(glyphs: readonly Glyph[], dots: boolean): Writing {
  const across = linesOf(glyphs, dots, false);
  const down = linesOf(glyphs.map(turned), dots, true);
  return down.share * followers(down) > across.share * followers(across) ? down : across;
}

function turned(glyph: Glyph): Glyph {
  const { x, y, width, height } = glyph.box;
  return { ...glyph, box: { x: y, y: x, width: height, height: width } };
}

function linesOf(glyphs: readonly Glyph[], dots: boolean, upright: boolean): Writing {
  let [lines, letters, inLines, all] = [0, 0, 0, 0];
  for (const glyph of glyphs) all += glyph.area;
  for (const row of rowsOf(glyphs)) {
    for (const words of splitAtGaps(row, dots)) {
      const count = lettersOf(words, upright ? LEAST_COLUMN : LEAST_ROW) || (dots ? dotsOf(words) : 0);
      if (count === 0) continue;
      lines++;
      letters += count;
      for (const glyph of words) inLines += glyph.area;
    }
  }
  return { upright, lines, letters, share: all === 0 ? 0 : inLines / all };
}

/** Glyphs by rows: the large ones make the rows, the small ones (dots, accents) go to the nearest. */
function rowsOf(glyphs: readonly Glyph[]): Glyph[][] {
  const size = typicalHeight(glyphs);
  const rows: { centre: number; glyphs: Glyph[] }[] = [];
  const large = glyphs
    .filter(({ box }) => box.height >= 0.5 * size)
    .sort((a, b) => middle(a.box) - middle(b.box));
  for (const glyph of large) {
    const row = rows.at(-1);
    const centre = middle(glyph.box);
    if (row === undefined || centre - row.centre > 0.55 * size) {
      rows.push({ centre, glyphs: [glyph] });
      continue;
    }
    row.centre += (centre - row.centre) / (row.glyphs.length + 1);
    row.glyphs.push(glyph);
  }
  for (const glyph of glyphs.filter(({ box }) => box.height < 0.5 * size)) {
    const centre = middle(glyph.box);
    const nearest = rows.reduce<(typeof rows)[number] | null>(
      (best, row) =>
        best === null || Math.abs(row.centre - centre) < Math.abs(best.centre - centre) ? row : best,
      null,
    );
    if (nearest !== null && Math.abs(nearest.centre - centre) <= 0.9 * size) nearest.glyphs.push(glyph);
  }
  return rows.map((row) => row.glyphs.sort((a, b) => a.box.x - b.box.x));
}

/** Median height of the glyphs, weighted by area so that dots and accents do not count. */
function typicalHeight(glyphs: readonly Glyph[]): number {
  const sorted = [...glyphs].sort((a, b) => a.box.height - b.box.height);
  const half = sorted.reduce((sum, { area }) => sum + area, 0) / 2;
  let seen = 0;
  for (const { area, box } of sorted) {
    seen += area;
    if (seen >= half) return box.height;
  }
  return 0;
}

function splitAtGaps(row: readonly Glyph[], dots: boolean): Glyph[][] {
  if (dots && dotsOf(row) > 0) return [[...row]];
  const height = Math.max(...row.map(({ box }) => box.height));
  const parts: Glyph[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const glyph of row) {
    if (glyph.box.x - end > WIDEST_GAP * height) parts.push([]);
    parts.at(-1)?.push(glyph);
    end = Math.max(end, glyph.box.x + glyph.box.width);
  }
  return parts;
}

/** How many letters a row's part has: none unless two or more of like height and like strokes stand on one line. */
function lettersOf(part: readonly Glyph[], leastLength: number): number {
  const height = Math.max(...part.map(({ box }) => box.height));
  const main = part.filter(({ box }) => box.height >= 0.5 * height);
  if (main.length < 2 || height < LEAST_SIZE) return 0;
  const strokes = main.map(({ stroke }) => stroke).sort((a, b) => a - b);
  const stroke = strokes[strokes.length >> 1] as number;
  if (stroke > THICKEST * height || stroke < THINNEST * height) return 0;
  const alike = main.filter(
    (glyph) => glyph.stroke < stroke * STROKE_SPREAD && glyph.stroke > stroke / STROKE_SPREAD,
  );
  const box = around(part);
  const wide = box.width >= leastLength * height;
  return wide && alike.length >= 0.75 * main.length ? main.length : 0;
}

/** How many glyphs a row of dots has: none unless there are three or more alike, and nothing else but letters. */
function dotsOf(row: readonly Glyph[]): number {
  const sizes = row.filter(isDot).map(({ box }) => box.width);
  if (sizes.length < 3 || sizes.length < row.length - 2) return 0;
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const reach = around(row).width;
  return most <= 1.5 * least + 1 && reach <= 4 * most * row.length ? row.length : 0;
}

function isDot({ box, area }: Glyph): boolean {
  const [shorter, longer] = [Math.min(box.width, box.height), Math.max(box.width, box.height)];
  return shorter >= 2 && longer <= 1.5 * shorter + 1 && area >= 0.55 * box.width * box.height;
}

function middle({ y, height }: PageBox): number {
  return y + height / 2;
}

/** The box around glyphs. */
export function around(glyphs: readonly { readonly box: PageBox }[]): PageBox {
  const left = Math.min(...glyphs.map(({ box }) => box.x));
  const top = Math.min(...glyphs.map(({ box }) => box.y));
  const right = Math.max(...glyphs.map(({ box }) => box.x + box.width));
  const bottom = Math.max(...glyphs.map(({ box }) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
