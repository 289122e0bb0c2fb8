import { seededRandom } from "../../anomaly/seeded-random.ts";

interface Ellipse {
  /** Middle and half axes, in sides of the figure's square. */
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
  readonly tone: number;
}

/** A figure on a drawing. */
export interface Shown {
  readonly ellipses: readonly Ellipse[];
  /** Its square, pixels. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly mirrored?: boolean;
}

/** A figure of ellipses in a square; each seed draws another one. For tests. */
export function drawnFigure(seed: number): readonly Ellipse[] {
  const random = seededRandom(seed);
  return Array.from({ length: 14 }, () => ({
    x: 0.2 + 0.6 * random.uniform(),
    y: 0.2 + 0.6 * random.uniform(),
    across: 0.04 + 0.12 * random.uniform(),
    down: 0.04 + 0.12 * random.uniform(),
    tone: random.uniform(),
  }));
}

/** Tone of a figure at a pixel, 0..1; undefined where it is not. */
export function toneOfFigure(
  { ellipses, x, y, side, mirrored = false }: Shown,
  column: number,
  row: number,
): number | undefined {
  return ellipses.findLast((ellipse) => {
    const middle = x + side * (mirrored ? 1 - ellipse.x : ellipse.x);
    const across = (column - middle) / (side * ellipse.across);
    const down = (row - y - side * ellipse.y) / (side * ellipse.down);
    return across * across + down * down < 1;
  })?.tone;
}
