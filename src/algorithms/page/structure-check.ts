import type { Mask, Picture } from "../image/picture.ts";
import { byteTable, translated } from "./byte-table.ts";
import { beyond, surroundings } from "./line-drift.ts";
import { grayOf, pageLines } from "./page-lines.ts";
import { pageScale } from "./page-scale.ts";
import { panelsOf } from "./panels.ts";
import type { PageBox, PreparedPage } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";

/** How far a line may move, pixels. */
export const LINE_TOLERANCE = 10;
/** Per cent of a panel: below `micro` it is acceptable, below `critical` a small repair, else a large one. */
export const AFFECTED_LIMITS = { micro: 15, critical: 30 } as const;

/** Share of screentone from which a pixel lies among dots. */
const DOTTED = byteTable((share) => (share >= 255 * 0.1 ? 1 : 0));
/** Ink from which a pixel among dots belongs to a line. */
const INKED = byteTable((share) => (share >= 255 * 0.5 ? 1 : 0));
/** How far from its ink, or its dots, an edge may be found, pixels. */
const EDGE_REACH = 3;

/** What the first pass knows of a page's dots. */
export type DotsTold = Pick<PreparedPage, "ink" | "tone" | "screentone">;

/** What should be done about a panel. */
export type StructureVerdict = "acceptable" | "micro_inpaint" | "critical_inpaint";

export interface PanelStructure {
  readonly box: PageBox;
  /** Of the panel's pixels, 0..100. */
  readonly affectedPercent: number;
  readonly verdict: StructureVerdict;
}

/** Whether a page's lines survived, and where they did not. Masks have the page's size. */
export interface StructureReport {
  /** Intersection over union, and Dice coefficient, of the two pages' lines; 1 where neither has any. */
  readonly lineIou: number;
  readonly lineDice: number;
  readonly panels: readonly PanelStructure[];
  /** Of the page's pixels, 0..100. */
  readonly affectedPercent: number;
  /** Whether any panel's verdict is not `acceptable`. */
  readonly hasAlert: boolean;
  /** 1 on lines of the original that the result has not within 10 pixels. */
  readonly lost: Mask;
  /** 1 on lines of the result that the original has not within 10 pixels. */
  readonly added: Mask;
  /** 1 within 10 pixels of lost and added lines: what a repair would have to paint anew. */
  readonly inpaintMask: Mask;
}

/**
 * Phase C: compares the lines of a page before and after colouring (spec/colorization.md section 3). The share of a
 * panel that is affected is the share of its pixels within reach of lost or added lines, that is of `inpaintMask`:
 * of thin lines alone not even a panel that lost everything would have 30 %. O(pixels), about 15 bytes a pixel.
 *
 * @param prepared what the first pass found: edges of screentone dots, which colouring replaces by colours, are no lines
 * that could be lost
 * @throws {RangeError} when the pictures differ in size.
 */
export function structureCheck(original: Picture, result: Picture, prepared?: DotsTold): StructureReport {
  const { width, height } = original;
  if (result.width !== width || result.height !== height)
    throw new RangeError(
      `a page of ${width} x ${height} pixels cannot be compared with one of ${result.width} x ${result.height}`,
    );
  const gray = grayOf(original);
  const plane = (data: Uint8Array): Bytes => ({ width, height, data });
  const edges = plane(pageLines(gray));
  const before = prepared === undefined ? edges : withoutDots(gray, edges, prepared);
  const after = plane(pageLines(grayOf(result)));
  const lost = plane(beyond(before, after, LINE_TOLERANCE));
  const added = plane(beyond(after, edges, LINE_TOLERANCE));
  const inpaintMask = plane(surroundings(plane(either(lost.data, added.data)), LINE_TOLERANCE));
  const panels = panelsOf(gray, pageScale(width, height).pageArea).map((box): PanelStructure => {
    const affectedPercent = percentOf(inpaintMask, box);
    return { box, affectedPercent, verdict: verdictOn(affectedPercent) };
  });
  return {
    ...agreement(before.data, after.data),
    panels,
    affectedPercent: percentOf(inpaintMask, { x: 0, y: 0, width, height }),
    hasAlert: panels.some(({ verdict }) => verdict !== "acceptable"),
    lost,
    added,
    inpaintMask,
  };
}

/**
 * A page's lines as it would show them without its dots: where those are, the edges near to ink of the page with its
 * dots evened out; elsewhere `edges`. What only the dots beside ink made visible is no line: black on all but black.
 */
function withoutDots(gray: Bytes, edges: Bytes, prepared: DotsTold): Bytes {
  const { width, height, data } = gray;
  const { ink, screentone, tone } = prepared;
  const dots = translated(screentone.data, DOTTED);
  if (!dots.includes(1)) return edges;
  const around = (marked: Uint8Array) => surroundings({ width, height, data: marked }, EDGE_REACH);
  const even = data.slice();
  for (let y = 0; y < height; y++) evenOut(even, dots, { ink, tone }, y);
  const lines = pageLines({ width, height, data: even });
  const inked = around(translated(ink.data, INKED));
  const dotted = around(dots);
  for (let y = 0; y < height; y++) keepInked(lines, inked, dotted, edges, y);
  return { width, height, data: lines };
}

/** Dots of one row become their tone, with the ink that lies over it. */
function evenOut(
  data: Uint8Array,
  dots: Uint8Array,
  { ink, tone }: Pick<DotsTold, "ink" | "tone">,
  y: number,
): void {
  const end = (y + 1) * ink.width;
  for (let at = y * ink.width; at < end; at++) {
    if (dots[at] === 0) continue;
    const level = tone.data[at] as number;
    data[at] = Math.round(level + ((ink.data[at] as number) / 255) * ((data[at] as number) - level));
  }
}

/** Of one row's lines among dots those near to ink are kept; elsewhere they are the page's own edges. */
function keepInked(lines: Uint8Array, inked: Uint8Array, dotted: Uint8Array, edges: Bytes, y: number): void {
  const end = (y + 1) * edges.width;
  for (let at = y * edges.width; at < end; at++)
    lines[at] = dotted[at] === 1 ? (lines[at] as number) & (inked[at] as number) : (edges.data[at] as number);
}

function either(one: Uint8Array, other: Uint8Array): Uint8Array {
  const set = new Uint8Array(one.length);
  for (let at = 0; at < set.length; at++) set[at] = (one[at] as number) | (other[at] as number);
  return set;
}

function verdictOn(affectedPercent: number): StructureVerdict {
  if (affectedPercent < AFFECTED_LIMITS.micro) return "acceptable";
  return affectedPercent < AFFECTED_LIMITS.critical ? "micro_inpaint" : "critical_inpaint";
}

function percentOf(mask: Bytes, box: PageBox): number {
  let set = 0;
  for (let y = box.y; y < box.y + box.height; y++)
    for (let at = y * mask.width + box.x; at < y * mask.width + box.x + box.width; at++)
      set += mask.data[at] as number;
  return (100 * set) / (box.width * box.height);
}

function agreement(before: Uint8Array, after: Uint8Array): { lineIou: number; lineDice: number } {
  let [both, either] = [0, 0];
  for (let at = 0; at < before.length; at++) {
    both += (before[at] as number) & (after[at] as number);
    either += (before[at] as number) | (after[at] as number);
  }
  if (either === 0) return { lineIou: 1, lineDice: 1 };
  return { lineIou: both / either, lineDice: (2 * both) / (both + either) };
}
