/** Lengths that depend on how finely a page was scanned. Pixels. */
export interface PageScale {
  /** Lines are narrower than `2 lineRadius + 1`. */
  readonly lineRadius: number;
  /** Screentone is judged over squares of `2 toneRadius + 1`. */
  readonly toneRadius: number;
  /** Dots of a screentone are no wider or higher than this. */
  readonly speckSize: number;
  /** The pixels that "2 % of the page" refers to: of a long strip, one screen of it. */
  readonly pageArea: number;
}

/** Printed pages are higher than wide by about this. */
const PAGE_ASPECT = 1.5;
const STRIP_ASPECT = 4;
const USUAL_WIDTH = 1000;

/** A page 1,000 pixels wide has lines of 1 to 5 pixels and dots at 4 to 8; others in proportion. */
export function pageScale(width: number, height: number): PageScale {
  const strip = isStrip(width, height);
  const span = strip ? width : Math.min(width, height / 1.2);
  const fineness = Math.max(1, Math.min(3, span / USUAL_WIDTH));
  return {
    lineRadius: Math.round(4 * fineness),
    toneRadius: Math.round(7 * fineness),
    speckSize: Math.round(8 * fineness),
    pageArea: strip ? PAGE_ASPECT * width * width : width * height,
  };
}

/** Whether a page is a long strip for scrolling rather than a page of a book. */
export function isStrip(width: number, height: number): boolean {
  return height > STRIP_ASPECT * width;
}
