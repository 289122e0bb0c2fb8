import { componentsOf } from "./components.ts";
import { glyphsOf } from "./glyphs.ts";
import { around, followers, readWriting } from "./letter-lines.ts";
import { type PieceShape, pieceShape } from "./piece-shape.ts";
import type { PageBox } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** What a balloon is looked for in. Planes of the page's size. */
export interface BalloonPlanes {
  readonly gray: Bytes;
  /** 1 where the page is as white as its paper. */
  readonly bright: Bytes;
  readonly gutter: Bytes;
  readonly pageArea: number;
}

/** Gray levels below this are ink. */
const INK_GRAY = 150;
const LEAST_SHARE = 0.002;
/** Smaller balloons must have a word in a row, or a column of three. */
const LEAST_SHARE_OF_WORDS = 0.0012;
const MOST_SHARE = 0.3;
const LEAST_SOLIDITY = 0.72;
/** Stars of shouting: accepted when they are full of writing. */
const LEAST_SOLIDITY_OF_SHOUTS = 0.5;
const MANY = 10;

/**
 * Finds balloons and caption boxes, and sets their insides in `mask`: up to their outlines, which stay outside.
 * The rules of spec/colorization.md section 5, step 2, and for their "10 small components": writing. Letters stand in
 * rows or columns with small gaps, alike in height and stroke; what a white face shows does not.
 *
 * @returns their boxes, by their first pixel.
 */
export function markBalloons(planes: BalloonPlanes, mask: Uint8Array): PageBox[] {
  const { bright, gutter, pageArea } = planes;
  const pieces = componentsOf(bright, 1, false);
  const boxes: PageBox[] = [];
  for (let piece = 0; piece < pieces.count; piece++) {
    const box = pieces.boxOf(piece);
    const area = box.width * box.height;
    if (area < LEAST_SHARE_OF_WORDS * pageArea || area > 2.5 * MOST_SHARE * pageArea) continue;
    if ((pieces.areas[piece] as number) < 0.25 * area) continue;
    let inGutter = false;
    pieces.runsOf(piece, (row, start) => {
      inGutter ||= gutter.data[row * gutter.width + start] === 1;
    });
    if (inGutter) continue;
    const shape = pieceShape(pieces, piece);
    if (!isBalloon(shape, planes)) continue;
    markInside(shape, planes, mask);
    boxes.push(box);
  }
  return boxes;
}

function isBalloon(shape: PieceShape, { gray, pageArea }: BalloonPlanes): boolean {
  const { area, solidity } = shape;
  if (area < LEAST_SHARE_OF_WORDS * pageArea || area > MOST_SHARE * pageArea) return false;
  if (solidity < LEAST_SOLIDITY_OF_SHOUTS) return false;
  const glyphs = glyphsOf(inkInside(shape, gray));
  const dark = glyphs.reduce((sum, glyph) => sum + glyph.area, 0);
  const inkShare = dark / area;
  if (glyphs.length < 2 || inkShare < 0.003 || inkShare > 0.45) return false;
  const large = glyphs.some(
    ({ box, area: ink }) => ink > 0.5 * dark && box.width * box.height > 0.2 * area && glyphs.length > 3,
  );
  if (large) return false;
  const short = glyphs.length < MANY;
  const writing = readWriting(glyphs, short);
  if (!short) {
    const needed = solidity < LEAST_SOLIDITY ? 0.85 : 0.74;
    return writing.share >= needed && followers(writing) >= Math.max(4, 1.5 * writing.lines);
  }
  // The brow and eye on either side of a face are two columns of two.
  const inLine = writing.lines === 1 || followers(writing) >= 1.5 * writing.lines;
  const enough = area >= LEAST_SHARE * pageArea || writing.letters >= 3 || !writing.upright;
  return (
    solidity >= LEAST_SOLIDITY &&
    writing.share >= 0.85 &&
    inLine &&
    enough &&
    isCentred(around(glyphs), shape)
  );
}

/** A short word stands in the middle, and leaves room around it. */
function isCentred(word: PageBox, { filled }: PieceShape): boolean {
  const aside = Math.abs(word.x + word.width / 2 - filled.width / 2) / filled.width;
  const above = Math.abs(word.y + word.height / 2 - filled.height / 2) / filled.height;
  return aside < 0.2 && above < 0.35;
}

function inkInside({ box, filled }: PieceShape, gray: Bytes): Bytes {
  const data = new Uint8Array(filled.data.length);
  for (let y = 1; y < box.height - 1; y++)
    for (let x = 1; x < box.width - 1; x++) {
      const at = y * box.width + x;
      if (filled.data[at] === 1 && (gray.data[(box.y + y) * gray.width + box.x + x] as number) < INK_GRAY)
        data[at] = 1;
    }
  return { width: box.width, height: box.height, data };
}

/** The filled shape and the pale half of its rim, which the brightness threshold had cut off. */
function markInside({ box, filled }: PieceShape, { gray }: BalloonPlanes, mask: Uint8Array): void {
  const { width, height } = gray;
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++) {
      const [px, py] = [box.x + x, box.y + y];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = y * box.width + x;
      const inside =
        filled.data[at] === 1 || ((gray.data[py * width + px] as number) > 170 && hasNeighbour(filled, x, y));
      if (inside) mask[py * width + px] = 1;
    }
}

function hasNeighbour({ width, height, data }: Bytes, x: number, y: number): boolean {
  return (
    (x > 0 && data[y * width + x - 1] === 1) ||
    (x < width - 1 && data[y * width + x + 1] === 1) ||
    (y > 0 && data[(y - 1) * width + x] === 1) ||
    (y < height - 1 && data[(y + 1) * width + x] === 1)
  );
}
