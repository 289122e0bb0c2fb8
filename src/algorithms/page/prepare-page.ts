import type { Picture } from "../image/picture.ts";
import { markBalloons } from "./balloons.ts";
import { byteTable, translated } from "./byte-table.ts";
import { dotPitch } from "./dot-pitch.ts";
import { figuresOf } from "./figures.ts";
import { gutterMask } from "./gutters.ts";
import { inkAndTone } from "./ink-and-tone.ts";
import { localContrast } from "./local-contrast.ts";
import { grayKind } from "./page-kind.ts";
import { pageLight } from "./page-light.ts";
import { pageScale } from "./page-scale.ts";
import { panelBoxes, panelOutlines } from "./panels.ts";
import { paperWhite } from "./paper-white.ts";
import type { PreparedPage } from "./prepared-page.ts";
import type { Bytes } from "./running-extremes.ts";
import { screentoneOf } from "./screentone.ts";
import { screentoneAreas } from "./screentone-areas.ts";
import { specksOf } from "./specks.ts";

/**
 * The first pass over a page: its kind, ink, tone, screentone, gutters, panels, balloons and figures
 * (spec/colorization.md section 5, steps 1 and 2). Deterministic. O(pixels); temporary planes of floats are made by
 * tiles, so that a strip of 30,000 rows needs about 20 bytes a pixel.
 */
export function preparePage(page: Picture): PreparedPage {
  const { width, height } = page;
  const scale = pageScale(width, height);
  const { gray, coloured } = pageLight(page);
  const white = paperWhite(gray);
  const bright: Bytes = {
    width,
    height,
    data: translated(
      gray.data,
      byteTable((value) => (value >= white ? 1 : 0)),
    ),
  };
  const outlines = panelOutlines(gray, scale.pageArea);
  const gutter = gutterMask(bright, outlines, scale.pageArea);
  const textMask = new Uint8Array(width * height);
  const texts = markBalloons({ gray, bright, gutter, pageArea: scale.pageArea }, textMask);

  const contrast = localContrast(gray);
  const specks = specksOf(contrast, scale.speckSize);
  const screentone = screentoneAreas(screentoneOf(contrast, specks, scale), specks, scale);
  for (let pixel = 0; pixel < textMask.length; pixel++) if (textMask[pixel] === 1) screentone.data[pixel] = 0;
  const kind = coloured ? "coloured" : grayKind(gray, specks, screentone);
  // On painted pages, the grain of brushes and paper is no screentone.
  if (kind === "shaded" || kind === "coloured") screentone.data.fill(0);
  const { ink, tone } = inkAndTone({
    gray,
    specks,
    screentone,
    kind,
    scale,
    pitch: dotPitch(screentone, specks),
  });
  const panels = panelBoxes(outlines, page);
  return {
    kind,
    ink: { width, height, data: ink },
    tone: { width, height, data: tone },
    screentone,
    textMask: { width, height, data: textMask },
    gutterMask: gutter,
    panels,
    texts,
    figures: figuresOf({
      gray,
      gutter: gutter.data,
      text: textMask,
      panels,
      pageArea: scale.pageArea,
      white,
    }),
  };
}
