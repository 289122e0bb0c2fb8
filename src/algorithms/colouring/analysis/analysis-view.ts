import { LIGHTNESS_OF_GRAY } from "../../colour/oklab.ts";
import { type PreparedPage, SHARE_OF_BYTE } from "../../page/prepared-page.ts";
import { type DrawingDomain, type DrawingSide, toneIn } from "./drawing-domain.ts";
import { reducePlane, type Size, sizeWithin } from "./reduce-plane.ts";

/** A drawing as the matching sees it. All planes `[height, width]` row-major. */
export interface AnalysisView {
  readonly width: number;
  readonly height: number;
  /** Without lines: 0 black to 1 white. */
  readonly tone: Float32Array;
  /** 0 none to 1 full ink. */
  readonly ink: Float32Array;
  /** 1 where colour belongs: neither lettering nor gutter. */
  readonly free: Uint8Array;
}

/** Pages and references are analysed at this size at most: finer detail than a region is never matched. */
export const ANALYSIS_PIXELS = 700_000;

/** The page's view: shrunk to {@link ANALYSIS_PIXELS}. O(pixels). */
export function pageView(prepared: PreparedPage): AnalysisView {
  const from: Size = prepared.tone;
  const { width, height } = sizeWithin(from, ANALYSIS_PIXELS);
  const tone = reducePlane(prepared.tone.data, LIGHTNESS_OF_GRAY, from, { width, height });
  const ink = reducePlane(prepared.ink.data, SHARE_OF_BYTE, from, { width, height });
  const covered = reducePlane(kept(prepared), SHARE_OF_BYTE, from, { width, height });
  return { width, height, tone, ink, free: freeOf(covered) };
}

/** 255 on lettering and gutters. */
function kept({ textMask, gutterMask }: PreparedPage): Uint8Array {
  const kept = new Uint8Array(textMask.data.length);
  for (let pixel = 0; pixel < kept.length; pixel++)
    if (textMask.data[pixel] === 1 || gutterMask.data[pixel] === 1) kept[pixel] = 255;
  return kept;
}

function freeOf(covered: Float32Array): Uint8Array {
  const free = new Uint8Array(covered.length);
  for (let pixel = 0; pixel < free.length; pixel++) if ((covered[pixel] as number) < 0.5) free[pixel] = 1;
  return free;
}

/** A view as a page of another domain would show it: its tones become the domain's. */
export function viewIn(domain: DrawingDomain, side: DrawingSide, view: AnalysisView): AnalysisView {
  if (domain === "plain") return view;
  return { ...view, tone: view.tone.map((tone) => toneIn(domain, side, tone)) };
}
