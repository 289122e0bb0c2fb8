import { seededRandom } from "../../anomaly/seeded-random.ts";
import type { Picture } from "../picture.ts";

/** What goes wrong at a camera, and how much of it. */
export type Spoiling =
  /** Out of focus: the light is spread (three box blurs of this radius, in pixels), then the sensor's noise comes. */
  | { readonly kind: "blur"; readonly radius: number }
  /** Times so much light, cut off at white. */
  | { readonly kind: "light"; readonly gain: number }
  /** The part lies so many pixels further right and down. */
  | { readonly kind: "shift"; readonly dx: number; readonly dy: number };

const SENSOR_NOISE = 2.4;

/** A picture as it looks when something went wrong. For tests and benchmarks. O(pixels). */
export function spoil(picture: Picture, spoiling: Spoiling, seed = 1): Picture {
  switch (spoiling.kind) {
    case "blur":
      return noisy(
        [1, 2, 3].reduce(
          (soft) => boxBlur(boxBlur(soft, spoiling.radius, 1, 0), spoiling.radius, 0, 1),
          picture,
        ),
        seed,
      );
    case "light":
      return {
        ...picture,
        data: picture.data.map((value) => Math.min(255, Math.round(spoiling.gain * value))),
      };
    case "shift":
      return moved(picture, (x, y) => [x - spoiling.dx, y - spoiling.dy]);
  }
}

function noisy(picture: Picture, seed: number): Picture {
  const random = seededRandom(seed);
  const data = picture.data.map((value) =>
    Math.min(255, Math.max(0, Math.round(value + SENSOR_NOISE * random.normal()))),
  );
  return { ...picture, data };
}

function boxBlur(picture: Picture, radius: number, alongX: number, alongY: number): Picture {
  const data = new Uint8Array(picture.data.length);
  for (let y = 0, at = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++)
      for (let channel = 0; channel < 3; channel++, at++) {
        let sum = 0;
        for (let step = -radius; step <= radius; step++)
          sum += valueAt(picture, x + alongX * step, y + alongY * step, channel);
        data[at] = Math.round(sum / (2 * radius + 1));
      }
  return { ...picture, data };
}

function moved(picture: Picture, from: (x: number, y: number) => readonly [number, number]): Picture {
  const data = new Uint8Array(picture.data.length);
  for (let y = 0, at = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) {
      const [sourceX, sourceY] = from(x, y);
      for (let channel = 0; channel < 3; channel++, at++)
        data[at] = valueAt(picture, sourceX, sourceY, channel);
    }
  return { ...picture, data };
}

/** The outermost pixels go on beyond the edge. */
function valueAt({ width, height, data }: Picture, x: number, y: number, channel: number): number {
  const column = Math.min(width - 1, Math.max(0, x));
  const row = Math.min(height - 1, Math.max(0, y));
  return data[3 * (row * width + column) + channel]!;
}
