import type { Mask, Plane } from "../image/picture.ts";

/** What a page is drawn with. `coloured`: it has colours already. */
export type PageKind = "ink" | "screentone" | "shaded" | "coloured";

/** A rectangle of pixels, edges included on the left and top, excluded on the right and bottom. */
export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the first pass finds on a page. All planes have the page's size. */
export interface PreparedPage {
  readonly kind: PageKind;
  /** Line art: 0 none to 1 full ink. */
  readonly ink: Plane;
  /** The page without lines and without screentone dots: 0 black to 1 white. */
  readonly tone: Plane;
  /** Share of screentone at a pixel, 0..1. */
  readonly screentone: Plane;
  /** 1 where the original pixels are kept exactly: insides of balloons, and lettering. */
  readonly textMask: Mask;
  /** 1 on gutters and margins between and around panels. */
  readonly gutterMask: Mask;
  readonly panels: readonly PageBox[];
  /** Balloons and lettering, as boxes. */
  readonly texts: readonly PageBox[];
  /** Connected drawn figures, largest first; at most 50. */
  readonly figures: readonly PageBox[];
}
