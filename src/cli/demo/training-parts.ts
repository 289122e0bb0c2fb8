import { type SeededRandom, seededRandom } from "../../algorithms/anomaly/seeded-random.ts";
import type { Picture } from "../../algorithms/image/picture.ts";

/** Small parts on a belt, as a sorter's camera sees them. */
export const PART_KINDS = ["bolt", "nut", "washer"] as const;
export type PartKind = (typeof PART_KINDS)[number];

const SIDE = 48;

/** How one part lies. Lengths are in pixels. */
interface Pose {
  readonly x: number;
  readonly y: number;
  /** Radians. */
  readonly turn: number;
  readonly radius: number;
}

/** Distance to a part's outline at a place in its own coordinates, in units of its radius: below 0 inside. */
type Outline = (x: number, y: number) => number;

const box = (x: number, y: number, half: readonly [number, number]) =>
  Math.max(Math.abs(x) - half[0], Math.abs(y) - half[1]);

const hexagon = (x: number, y: number) =>
  Math.max(Math.abs(y), Math.abs(x) * Math.cos(Math.PI / 6) + Math.abs(y) / 2) - 0.87;

const OUTLINES: Readonly<Record<PartKind, Outline>> = {
  bolt: (x, y) => Math.min(box(x, y + 0.72, [0.5, 0.24]), box(x, y - 0.2, [0.24, 0.8])),
  nut: (x, y) => Math.max(hexagon(x, y), 0.45 - Math.hypot(x, y)),
  washer: (x, y) => Math.max(Math.hypot(x, y) - 0.95, 0.62 - Math.hypot(x, y)),
};

/**
 * Draws a part in any pose and light: `[48, 48, 3]`. One seed always gives the same bytes. O(pixels).
 */
export function drawPart(kind: PartKind, seed: number): Picture {
  const random = seededRandom(seed);
  const pose = drawPose(random);
  const belt = drawColour(random, 40, 90);
  const metal = drawColour(random, 130, 230);
  const light = (random.uniform() - 0.5) * 1.2;
  const [sin, cos] = [Math.sin(pose.turn), Math.cos(pose.turn)];
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const dx = ((pixel % SIDE) - pose.x) / pose.radius;
    const dy = (Math.floor(pixel / SIDE) - pose.y) / pose.radius;
    const [x, y] = [cos * dx + sin * dy, cos * dy - sin * dx];
    const covered = Math.min(1, Math.max(0, 0.5 - OUTLINES[kind](x, y) * pose.radius));
    const shine = 1 + light * 0.3 * dx;
    const grain = 6 * random.normal();
    for (let channel = 0; channel < 3; channel++) {
      const value = (belt[channel] ?? 0) * (1 - covered) + (metal[channel] ?? 0) * shine * covered + grain;
      data[3 * pixel + channel] = Math.round(Math.min(255, Math.max(0, value)));
    }
  }
  return { width: SIDE, height: SIDE, data };
}

function drawPose(random: SeededRandom): Pose {
  const within = (reach: number) => SIDE / 2 + (2 * random.uniform() - 1) * reach;
  return {
    x: within(4),
    y: within(4),
    turn: 2 * Math.PI * random.uniform(),
    radius: SIDE * (0.32 + 0.08 * random.uniform()),
  };
}

/** Nearly gray: its brightness lies in the range, its channels close together. */
function drawColour(random: SeededRandom, darkest: number, brightest: number): readonly number[] {
  const brightness = darkest + (brightest - darkest) * random.uniform();
  return [0, 1, 2].map(() => brightness + (random.uniform() - 0.5) * 24);
}
