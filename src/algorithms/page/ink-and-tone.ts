import { byteTable, translated } from "./byte-table.ts";
import { descreened } from "./descreening.ts";
import type { PageScale } from "./page-scale.ts";
import type { PageKind } from "./prepared-page.ts";
import { type Bytes, closed, dilated } from "./running-extremes.ts";
import { screenedLines } from "./screened-lines.ts";
import { tilesOf } from "./tiles.ts";

/** What ink and tone are told apart by; planes of the page's size. */
export interface InkSources {
  readonly gray: Bytes;
  /** As {@link specksOf} has them. */
  readonly specks: Bytes;
  readonly screentone: Bytes;
  readonly kind: PageKind;
  readonly scale: PageScale;
  /** As {@link dotPitch} has it. */
  readonly pitch: number;
}

/** Ink, 0..255, by how much darker than its background a pixel is, and by its gray: where lines are drawn, and on paintings. */
const DRAWN = {
  line: byteTable((hat) => Math.round(255 * ramp(hat, 30, 110))),
  black: byteTable((value) => Math.round(255 * ramp(-value, -70, -40))),
};
const PAINTED = {
  line: byteTable((hat) => Math.round(255 * ramp(hat, 25, 80))),
  black: byteTable((value) => Math.round(255 * ramp(-value, -45, -20))),
};
const VISIBLE = byteTable((ink) => (ink > 40 ? 1 : 0));

/** `[height, width]` row-major, 0..255. */
export interface InkAndTone {
  readonly ink: Uint8Array;
  readonly tone: Uint8Array;
}

/**
 * Line art and what lies behind it. Ink: the black-hat (a closing less the page) and what is all but black, without
 * screentone's dots. Tone: the closing under lines, the mean around in screentone, the page elsewhere; gray.
 * By tiles: O(pixels).
 *
 * Source: spec/colorization.md section 5, step 1.
 */
export function inkAndTone(sources: InkSources): InkAndTone {
  const { gray, scale } = sources;
  const { width, height } = gray;
  const ink = new Uint8Array(width * height);
  const tone = new Uint8Array(width * height);
  for (const { top, bottom, from, to } of tilesOf(
    width,
    height,
    4 * scale.lineRadius + 8 * scale.toneRadius,
  )) {
    const cut = (plane: Bytes): Bytes => ({
      width,
      height: to - from,
      data: plane.data.subarray(from * width, to * width),
    });
    const tile = {
      ...sources,
      gray: cut(gray),
      specks: cut(sources.specks),
      screentone: cut(sources.screentone),
    };
    const background = closed(tile.gray, scale.lineRadius);
    const strength = inkOf(tile, background);
    const light = toneOf(tile, strength, background);
    ink.set(strength.subarray((top - from) * width, (bottom - from) * width), top * width);
    tone.set(light.subarray((top - from) * width, (bottom - from) * width), top * width);
  }
  return { ink, tone };
}

/** 0..255 */
function inkOf(
  { gray, specks, screentone, kind, scale, pitch }: InkSources,
  background: Uint8Array,
): Uint8Array {
  const { line, black } = kind === "ink" || kind === "screentone" ? DRAWN : PAINTED;
  const ink = new Uint8Array(gray.data.length);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const value = gray.data[pixel] as number;
    const hat = (background[pixel] as number) - value;
    ink[pixel] = Math.max(line[hat] as number, black[value] as number);
  }
  if (screentone.data.includes(255)) keepLines(ink, screentone, screenedLines(gray, specks, scale, pitch));
  return ink;
}

/** Among dots only lines are ink. */
function keepLines(ink: Uint8Array, screentone: Bytes, lines: Uint8Array): void {
  for (let pixel = 0; pixel < ink.length; pixel++)
    if (lines[pixel] !== 1 && (screentone.data[pixel] as number) >= 128) ink[pixel] = 0;
}

function toneOf(
  { gray, screentone, scale, pitch }: InkSources,
  ink: Uint8Array,
  background: Uint8Array,
): Uint8Array {
  const { width, height, data } = gray;
  const wide = dilated({ width, height, data: translated(ink, VISIBLE) }, 1);
  const screened = screentone.data.includes(255)
    ? descreened(gray, screentone, wide, meanRadius(scale, pitch))
    : null;
  const tone = new Uint8Array(data.length);
  for (let pixel = 0; pixel < tone.length; pixel++)
    tone[pixel] = (wide[pixel] === 1 ? background[pixel] : data[pixel]) as number;
  if (screened !== null)
    for (let pixel = 0; pixel < tone.length; pixel++)
      if (screentone.data[pixel] === 255) tone[pixel] = screened[pixel] as number;
  return tone;
}

/** The mean over two dots and the gaps between them is as even as one over more, and its edges are sharper. */
function meanRadius({ toneRadius }: PageScale, pitch: number): number {
  return pitch === 0 ? toneRadius : Math.min(toneRadius, Math.round(pitch));
}

function ramp(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}
