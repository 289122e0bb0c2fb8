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
  const drawn = kind === "ink" || kind === "screentone";
  const [pale, full] = drawn ? [70, 40] : [45, 20];
  const lines = screentone.data.includes(255) ? screenedLines(gray, specks, scale, pitch) : null;
  const ink = new Uint8Array(gray.data.length);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const value = gray.data[pixel] as number;
    const hat = (background[pixel] as number) - value;
    const line = ramp(hat, drawn ? 30 : 25, drawn ? 110 : 80);
    const strength = Math.max(line, ramp(-value, -pale, -full));
    if (strength === 0) continue;
    const kept = (screentone.data[pixel] as number) < 128 || (lines !== null && lines[pixel] === 1);
    if (kept) ink[pixel] = Math.round(255 * strength);
  }
  return ink;
}

function toneOf(
  { gray, screentone, scale, pitch }: InkSources,
  ink: Uint8Array,
  background: Uint8Array,
): Uint8Array {
  const { width, height, data } = gray;
  const wide = dilated({ width, height, data: ink.map((value) => (value > 40 ? 1 : 0)) }, 1);
  const screened = screentone.data.includes(255)
    ? descreened(gray, screentone, wide, meanRadius(scale, pitch))
    : null;
  const tone = new Uint8Array(data.length);
  for (let pixel = 0; pixel < tone.length; pixel++) {
    const own = (wide[pixel] === 1 ? background[pixel] : data[pixel]) as number;
    tone[pixel] = screened !== null && screentone.data[pixel] === 255 ? (screened[pixel] as number) : own;
  }
  return tone;
}

/** The mean over two dots and the gaps between them is as even as one over more, and its edges are sharper. */
function meanRadius({ toneRadius }: PageScale, pitch: number): number {
  return pitch === 0 ? toneRadius : Math.min(toneRadius, Math.round(pitch));
}

function ramp(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}
