/** A region of interest in the picture's own pixels. Coordinates may be fractions and may lie outside. */
export type Shape =
  | {
      readonly kind: "rect";
      readonly x?: number;
      readonly y?: number;
      readonly w?: number;
      readonly h?: number;
    }
  | { readonly kind: "circle"; readonly cx: number; readonly cy: number; readonly r: number }
  | {
      readonly kind: "annulus";
      readonly cx: number;
      readonly cy: number;
      readonly r: number;
      readonly r_inner: number;
    }
  | { readonly kind: "polygon"; readonly points: readonly (readonly [x: number, y: number])[] };

/** `[left, top, right, bottom]` of a shape, right and bottom exclusive for rectangles. */
export type Bounds = readonly [left: number, top: number, right: number, bottom: number];

/** A rectangle without its numbers is the whole picture (spec/inspection.md section 2). */
export function boundsOf(shape: Shape, width: number, height: number): Bounds {
  if (shape.kind === "rect") {
    const { x = 0, y = 0, w = width, h = height } = shape;
    return [x, y, x + w, y + h];
  }
  if (shape.kind === "polygon") {
    const xs = shape.points.map(([x]) => x);
    const ys = shape.points.map(([, y]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }
  const { cx, cy, r } = shape;
  return [cx - r, cy - r, cx + r, cy + r];
}
