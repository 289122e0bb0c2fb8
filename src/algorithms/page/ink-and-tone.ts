import { LIGHTNESS_OF_GRAY } from "../colour/oklab.ts";
import { boxSums } from "./box-sums.ts";
import type { PageScale } from "./page-scale.ts";
import type { PageKind } from "./prepared-page.ts";
import { type Bytes, closed, dilated } from "./running-extremes.ts";
import { SPECK } from "./specks.ts";
import { tilesOf } from "./tiles.ts";

/** What ink and tone are told apart by; planes of the page's size. */
export interface InkSources {
  readonly gray: Bytes;
  readonly specks: Bytes;
  readonly screentone: Bytes;
  readonly kind: PageKind;
  readonly scale: PageScale;
}

/** `[height, width]` row-major, 0..1. */
export interface InkAndTone {
  readonly ink: Float32Array;
  readonly tone: Float32Array;
}

/**
 * Line art and what lies behind it. Ink: the black-hat (a closing less the page) and what is all but black, without
 * screentone's dots. Tone: the closing under lines, the mean around in screentone, the page elsewhere; OKLab lightness.
 * By tiles: O(pixels).
 *
 * Source: spec/colorization.md section 5, step 1.
 */
export function inkAndTone(sources: InkSources): InkAndTone {
  const { gray, scale } = sources;
  const { width, height } = gray;
  const ink = new Float32Array(width * height);
  const tone = new Float32Array(width * height);
  for (const { top, bottom, from, to } of tilesOf(
    width,
    height,
    4 * scale.lineRadius + 2 * scale.toneRadius,
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
    const strength = inkOf(tile);
    const light = toneOf(tile, strength);
    for (let at = top * width, pixel = (top - from) * width; at < bottom * width; at++, pixel++) {
      ink[at] = (strength[pixel] as number) / 255;
      tone[at] = LIGHTNESS_OF_GRAY[light[pixel] as number] as number;
    }
  }
  return { ink, tone };
}

/** 0..255 */
function inkOf({ gray, specks, screentone, kind, scale }: InkSources): Uint8Array {
  const drawn = kind === "ink" || kind === "screentone";
  const [pale, full] = drawn ? [70, 40] : [45, 20];
  const background = closed(gray, scale.lineRadius);
  const lines = nearLines({ ...gray, data: specks.data });
  const ink = new Uint8Array(gray.data.length);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const value = gray.data[pixel] as number;
    const hat = (background[pixel] as number) - value;
    const line = ramp(hat, drawn ? 30 : 25, drawn ? 110 : 80);
    const strength = Math.max(line, ramp(-value, -pale, -full));
    if (strength === 0) continue;
    const kept = (screentone.data[pixel] as number) < 128 || lines[pixel] === 1;
    if (kept) ink[pixel] = Math.round(255 * strength);
  }
  return ink;
}

/** 1 on dark pieces that are no specks, and one pixel around them. */
function nearLines({ width, height, data }: Bytes): Uint8Array {
  return dilated({ width, height, data: data.map((kind) => (kind === SPECK.dark ? 1 : 0)) }, 1);
}

function toneOf({ gray, screentone, scale }: InkSources, ink: Uint8Array): Uint8Array {
  const { width, height, data } = gray;
  const wide = dilated({ width, height, data: ink.map((value) => (value > 40 ? 1 : 0)) }, 1);
  const background = closed(gray, scale.lineRadius);
  const screened = screenedMeans(gray, screentone, wide, scale.toneRadius);
  const tone = new Uint8Array(data.length);
  for (let pixel = 0; pixel < tone.length; pixel++) {
    const own = (wide[pixel] === 1 ? background[pixel] : data[pixel]) as number;
    const share = (screentone.data[pixel] as number) / 255;
    const mean = screened[pixel] as number;
    tone[pixel] = mean < 0 || share === 0 ? own : Math.round(share * mean + (1 - share) * own);
  }
  return tone;
}

/** Mean gray around, over what is screentone and no line; -1 where there is none. */
function screenedMeans(gray: Bytes, screentone: Bytes, lines: Uint8Array, radius: number): Int32Array {
  const { width, height, data } = gray;
  const weights = Int32Array.from(screentone.data, (share, pixel) =>
    share > 127 && lines[pixel] === 0 ? 1 : 0,
  );
  const sums = Int32Array.from(weights, (weight, pixel) => weight * (data[pixel] as number));
  for (const reach of [Math.ceil(radius / 2), Math.floor(radius / 2)]) {
    boxSums(sums, width, height, reach);
    boxSums(weights, width, height, reach);
  }
  for (let pixel = 0; pixel < sums.length; pixel++) {
    const weight = weights[pixel] as number;
    sums[pixel] = weight === 0 ? -1 : Math.round((sums[pixel] as number) / weight);
  }
  return sums;
}

function ramp(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}
