import type { Picture } from "../image/picture.ts";
import type { PageBox, PreparedPage } from "../page/prepared-page.ts";

/** Rows of a long page. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** A page this many times as long as wide is a strip and coloured band by band. */
const STRIP = 3.5;
const BAND = 2;
const OVERLAP = 0.25;
/** Narrower strips have nothing to see in a band as wide as they are. */
const LEAST_WIDTH = 64;

/** The bands a page is coloured in: one for a page, overlapping ones for a long strip. */
export function bandsOf({ width, height }: Picture): readonly Band[] {
  if (height < STRIP * width || width < LEAST_WIDTH) return [{ top: 0, bottom: height }];
  const bands: Band[] = [];
  const rows = Math.round(BAND * width);
  const overlap = Math.round(OVERLAP * width);
  for (let top = 0; ; top += rows - overlap) {
    // A rest shorter than half a band goes with the band before it.
    if (height - top < 1.5 * rows) return [...bands, { top, bottom: height }];
    bands.push({ top, bottom: top + rows });
  }
}

/** A band of a page; shares its bytes. */
export function bandOfPage({ width, data }: Picture, { top, bottom }: Band): Picture {
  return { width, height: bottom - top, data: data.subarray(3 * top * width, 3 * bottom * width) };
}

/** A band of a prepared page; shares its planes. */
export function bandOfPrepared(prepared: PreparedPage, { top, bottom }: Band): PreparedPage {
  const { width } = prepared.ink;
  const height = bottom - top;
  const plane = (data: Uint8Array) => ({ width, height, data: data.subarray(top * width, bottom * width) });
  const boxes = (all: readonly PageBox[]) =>
    all
      .map(({ x, y, width: across, height: down }) => {
        const from = Math.max(y, top);
        return { x, y: from - top, width: across, height: Math.min(y + down, bottom) - from };
      })
      .filter((box) => box.height > 0);
  return {
    kind: prepared.kind,
    ink: plane(prepared.ink.data),
    tone: plane(prepared.tone.data),
    screentone: plane(prepared.screentone.data),
    textMask: plane(prepared.textMask.data),
    gutterMask: plane(prepared.gutterMask.data),
    panels: boxes(prepared.panels),
    texts: boxes(prepared.texts),
    figures: boxes(prepared.figures),
  };
}

/** Writes a coloured band into a page; where bands overlap, one fades into the other. In place. */
export function layBand(page: Uint8Array, band: Picture, { top }: Band, previousBottom: number): void {
  const { width, height, data } = band;
  const overlap = Math.max(0, previousBottom - top);
  for (let y = 0; y < height; y++) {
    const share = y < overlap ? (y + 1) / (overlap + 1) : 1;
    const from = 3 * y * width;
    const to = 3 * (top + y) * width;
    for (let at = 0; at < 3 * width; at++) {
      const before = page[to + at] as number;
      page[to + at] =
        share === 1
          ? (data[from + at] as number)
          : Math.round(before + share * ((data[from + at] as number) - before));
    }
  }
}
