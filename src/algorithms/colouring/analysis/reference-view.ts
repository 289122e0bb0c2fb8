import { LIGHTNESS_OF_GRAY, type OklabPicture, oklabPicture } from "../../colour/oklab.ts";
import type { Picture } from "../../image/picture.ts";
import { resample } from "../../image/resample.ts";
import { componentsOf } from "../../page/components.ts";
import { closed } from "../../page/running-extremes.ts";
import { ANALYSIS_PIXELS, type AnalysisView } from "./analysis-view.ts";
import { sizeWithin } from "./reduce-plane.ts";

/** A reference in colour and in the grays of a page. */
export interface ReferenceView {
  readonly view: AnalysisView;
  readonly colours: OklabPicture;
  /** Gray of each pixel, 0..255, as a page of it would have. */
  readonly gray: Uint8Array;
}

const LINE_RADIUS = 2;
/** How much darker than its surroundings a line is, in bytes, to count as full ink, or as ink at all. */
const FULL_INK = 80;
const LEAST_INK = 25;
const BLANK = 247;
const SMALLEST_MARGIN = 0.004;

/** A reference, shrunk to the size of analysis. O(pixels). */
export function referenceView(reference: Picture): ReferenceView {
  const small = resample(reference, sizeWithin(reference, ANALYSIS_PIXELS));
  const { width, height } = small;
  const gray = grayOf(small);
  const fill = closed({ width, height, data: gray }, LINE_RADIUS);
  const tone = new Float32Array(fill.length);
  const ink = new Float32Array(fill.length);
  for (let pixel = 0; pixel < fill.length; pixel++) {
    const level = fill[pixel] as number;
    tone[pixel] = LIGHTNESS_OF_GRAY[level] as number;
    const hat = level - (gray[pixel] as number);
    ink[pixel] = Math.min(1, Math.max(0, (hat - LEAST_INK) / (FULL_INK - LEAST_INK)));
  }
  const view = { width, height, tone, ink, free: withoutMargins(small) };
  return { view, colours: oklabPicture(small), gray };
}

/** Rec. 601 luma, which is what turning a picture gray commonly means. */
export function grayOf({ data }: Picture): Uint8Array {
  const gray = new Uint8Array(data.length / 3);
  for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 3)
    gray[pixel] = Math.round(
      0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number),
    );
  return gray;
}

/** 1 everywhere but on blank margins and gutters: paper says nothing about white things. */
function withoutMargins({ width, height, data }: Picture): Uint8Array {
  const blank = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < blank.length; pixel++, at += 3)
    blank[pixel] =
      Math.min(data[at] as number, data[at + 1] as number, data[at + 2] as number) >= BLANK ? 1 : 0;
  const pieces = componentsOf({ width, height, data: blank }, 1, false);
  const free = new Uint8Array(width * height).fill(1);
  for (let piece = 0; piece < pieces.count; piece++) {
    const box = pieces.boxOf(piece);
    const atEdge = box.x === 0 || box.y === 0 || box.x + box.width === width || box.y + box.height === height;
    if (!atEdge || (pieces.areas[piece] as number) < SMALLEST_MARGIN * free.length) continue;
    pieces.runsOf(piece, (row, start, end) => free.fill(0, row * width + start, row * width + end));
  }
  // A picture on white paper only has nothing else to say.
  return free.some((inside) => inside === 1) ? free : free.fill(1);
}
