/** A mask in pixels of the picture, in the contract's words. */
export type MaskShape =
  | { readonly kind: "rect"; readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  | { readonly kind: "circle"; readonly cx: number; readonly cy: number; readonly r: number }
  | {
      readonly kind: "annulus";
      readonly cx: number;
      readonly cy: number;
      readonly r: number;
      readonly r_inner: number;
    }
  | { readonly kind: "polygon"; readonly points: readonly (readonly [number, number])[] };

export type MaskKind = MaskShape["kind"];

interface XY {
  readonly x: number;
  readonly y: number;
}

const INNER_SHARE = 0.5;

/** The shape that dragging from one place to another draws: a rectangle's corners, or a circle's middle and rim. */
export function draggedShape(kind: Exclude<MaskKind, "polygon">, from: XY, to: XY): MaskShape {
  if (kind === "rect") {
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    return { kind, x, y, w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
  }
  const r = Math.round(Math.hypot(to.x - from.x, to.y - from.y));
  if (kind === "circle") return { kind, cx: from.x, cy: from.y, r };
  return { kind, cx: from.x, cy: from.y, r, r_inner: Math.round(r * INNER_SHARE) };
}

/** A shape's outline as an SVG path; a ring has two, to be filled by the even-odd rule. */
export function outlineOf(shape: MaskShape): string {
  switch (shape.kind) {
    case "rect":
      return `M${shape.x} ${shape.y}h${shape.w}v${shape.h}h${-shape.w}Z`;
    case "circle":
      return circle(shape.cx, shape.cy, shape.r);
    case "annulus":
      return circle(shape.cx, shape.cy, shape.r) + circle(shape.cx, shape.cy, shape.r_inner);
    case "polygon":
      return `${shape.points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("")}Z`;
  }
}

function circle(cx: number, cy: number, r: number): string {
  return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

/** What somebody wrote as a mask; null where it is none that can be shown. The server has the last word. */
export function shapeFrom(text: string): MaskShape | null {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const numbers = (...names: string[]) => names.every((name) => typeof value[name] === "number");
    const isFine =
      (value.kind === "rect" && numbers("x", "y", "w", "h")) ||
      (value.kind === "circle" && numbers("cx", "cy", "r")) ||
      (value.kind === "annulus" && numbers("cx", "cy", "r", "r_inner")) ||
      (value.kind === "polygon" && Array.isArray(value.points) && value.points.every(isPoint));
    return isFine ? (value as unknown as MaskShape) : null;
  } catch {
    return null; // half-typed
  }
}

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number");
}
