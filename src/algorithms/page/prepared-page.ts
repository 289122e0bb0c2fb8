import type { Mask } from "../image/picture.ts";
import type { Bytes } from "./running-extremes.ts";

/** What a page is drawn with. `coloured`: it has colours already. */
export type PageKind = "ink" | "screentone" | "shaded" | "coloured";

/** A rectangle of pixels, edges included on the left and top, excluded on the right and bottom. */
export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The share that a byte of a plane stands for: 0 none to 1 all. */
export const SHARE_OF_BYTE: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** What the first pass finds on a page. All planes have the page's size, and bytes: pages travel between threads. */
export interface PreparedPage {
  readonly kind: PageKind;
  /** Line art: 0 none to 255 full ink. */
  readonly ink: Bytes;
  /** The page without lines and without screentone dots: the sRGB gray with its lightness, 0 black to 255 white. */
  readonly tone: Bytes;
  /** Share of screentone at a pixel, 0..255. */
  readonly screentone: Bytes;
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
