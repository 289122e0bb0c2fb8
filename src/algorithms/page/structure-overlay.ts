import type { Picture } from "../image/picture.ts";
import type { PageBox } from "./prepared-page.ts";
import type { StructureReport } from "./structure-check.ts";

const LOST = [220, 30, 30] as const;
const ADDED = [30, 90, 230] as const;
const FRAME = {
  acceptable: [40, 170, 70],
  micro_inpaint: [235, 160, 20],
  critical_inpaint: [220, 30, 30],
} as const;
const FRAME_WIDTH = 3;
/** Bytes of which so much is kept, on white. */
const [PALE, PALER] = [paled(0.7), paled(0.4)];

/**
 * The coloured page, paled, with lost lines in red, added lines in blue, and each panel framed in green, amber or red
 * for its verdict (spec/colorization.md section 3, `_overlay.png`). A new picture.
 */
export function structureOverlay(result: Picture, report: StructureReport): Picture {
  const { width, height } = result;
  const data = new Uint8Array(result.data.length);
  for (let y = 0; y < height; y++) overlayRow(result, report, y, data);
  for (const { box, verdict } of report.panels) frame({ width, height, data }, box, FRAME[verdict]);
  return { width, height, data };
}

function overlayRow(result: Picture, report: StructureReport, y: number, data: Uint8Array): void {
  const { width } = result;
  const [inpaint, lost, added] = [report.inpaintMask.data, report.lost.data, report.added.data];
  for (let pixel = y * width, at = 3 * pixel; pixel < (y + 1) * width; pixel++, at += 3) {
    const pale = inpaint[pixel] === 1 ? PALE : PALER;
    for (let channel = at; channel < at + 3; channel++)
      data[channel] = pale[result.data[channel] as number] as number;
    if (lost[pixel] === 1) data.set(LOST, at);
    if (added[pixel] === 1) data.set(ADDED, at);
  }
}

function paled(keep: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => Math.round(255 - keep * (255 - byte)));
}

function frame({ width, data }: Picture, box: PageBox, colour: readonly number[]): void {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const fill = (left: number, top: number, end: number, below: number) => {
    for (let y = Math.max(box.y, top); y < Math.min(bottom, below); y++)
      for (let x = Math.max(box.x, left); x < Math.min(right, end); x++)
        data.set(colour, (y * width + x) * 3);
  };
  fill(box.x, box.y, right, box.y + FRAME_WIDTH);
  fill(box.x, bottom - FRAME_WIDTH, right, bottom);
  fill(box.x, box.y, box.x + FRAME_WIDTH, bottom);
  fill(right - FRAME_WIDTH, box.y, right, bottom);
}
