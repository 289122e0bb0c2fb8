import { type Integral, integralOf } from "./integral.ts";

/** Directions that gradients are told apart by, over the whole turn. */
export const DIRECTIONS = 8;

/**
 * How strongly a drawing rises towards each of eight directions, as sums ready for box means (the maps of DAISY:
 * Tola, Lepetit, Fua 2010). O(8 pixels).
 *
 * @param drawing `[height, width]` row-major
 */
export function orientedGradients(drawing: Float32Array, width: number, height: number): readonly Integral[] {
  const [acrosses, downs] = gradients(drawing, width, height);
  const map = new Float32Array(drawing.length);
  return Array.from({ length: DIRECTIONS }, (_, direction) => {
    const turn = (2 * Math.PI * direction) / DIRECTIONS;
    project(acrosses, downs, Math.cos(turn), Math.sin(turn), map);
    return integralOf(map, width, height);
  });
}

function project(
  acrosses: Float32Array,
  downs: Float32Array,
  cos: number,
  sin: number,
  into: Float32Array,
): void {
  for (let pixel = 0; pixel < into.length; pixel++) {
    const rise = cos * (acrosses[pixel] as number) + sin * (downs[pixel] as number);
    into[pixel] = rise > 0 ? rise : 0;
  }
}

function gradients(drawing: Float32Array, width: number, height: number): [Float32Array, Float32Array] {
  const acrosses = new Float32Array(drawing.length);
  const downs = new Float32Array(drawing.length);
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = x > 0 ? at - 1 : at;
      const right = x + 1 < width ? at + 1 : at;
      acrosses[at] = ((drawing[right] as number) - (drawing[left] as number)) / 2;
      downs[at] = ((drawing[below + x] as number) - (drawing[above + x] as number)) / 2;
    }
  }
  return [acrosses, downs];
}
