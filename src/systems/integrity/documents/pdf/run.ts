import type { HiddenReason } from "../port.ts";

/** Letters that one operator shows, in reading direction. Coordinates are the page's, in points. */
export interface Run {
  readonly text: string;
  /** Where the baseline begins and ends. */
  readonly x: number;
  readonly y: number;
  readonly endX: number;
  readonly endY: number;
  /** Points, as it appears. */
  readonly size: number;
  readonly reason: HiddenReason | null;
}

/** What the page's fonts say; pdf.js' loaded fonts have these fields. */
export interface PageFont {
  readonly isType3Font?: boolean;
  readonly fontMatrix?: readonly number[];
  readonly vertical?: boolean;
}

/** A character of pdf.js' list for an operator that shows text. */
export interface Glyph {
  readonly unicode: string;
  /** Thousandths of the font's size; of Type 3 fonts, in their own space. */
  readonly width: number;
  readonly isSpace: boolean;
}
