import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import { mix, smoothStep, valueNoise } from "./value-noise.ts";

/** How one disc lies under the camera: every part is a little different. */
export interface Pose {
  readonly cx: number;
  readonly cy: number;
  /** Radians. */
  readonly turn: number;
  /** Outer radius in pixels. */
  readonly radius: number;
  /** Brightness of the lamp, about 1. */
  readonly gain: number;
  /** Where the lamp's reflection lies on the ring, radians. */
  readonly lamp: number;
  /** Makes the brushing of each disc its own. */
  readonly salt: number;
}

/** Radii of a brake disc's parts as shares of its outer radius. */
export const RING = { inner: 0.56, outer: 1, bore: 0.2, boltCircle: 0.39, bolt: 0.055 } as const;
const BOLTS = 5;

/** Draws a pose within a mount's tolerance, for a picture of `size` x `size` pixels. */
export function drawPose(size: number, random: SeededRandom): Pose {
  const around = (reach: number) => (2 * random.uniform() - 1) * reach;
  return {
    cx: size / 2 + around(0.01 * size),
    cy: size / 2 + around(0.01 * size),
    turn: around(0.05),
    radius: size * (0.44 + around(0.004)),
    gain: 1 + around(0.06),
    lamp: 0.7 + around(0.15),
    salt: random.below(0x7fff_ffff),
  };
}

/** Brightness 0..255 of a flawless disc at a pixel, without the sensor's noise. */
export function discSurface(pose: Pose, x: number, y: number): number {
  const distance = Math.hypot(x - pose.cx, y - pose.cy);
  const angle = Math.atan2(y - pose.cy, x - pose.cx);
  const r = distance / pose.radius;
  const edge = 0.8 / pose.radius;
  const within = (limit: number) => smoothStep(limit + edge, limit - edge, r);

  let light = 26 + 6 * valueNoise(x / 90, y / 90, pose.salt);
  light = mix(light, ringLight(pose, distance, angle), within(RING.outer));
  light = mix(light, 62, within(RING.inner + 0.025));
  light = mix(light, hatLight(pose, x, y), within(RING.inner));
  light = mix(light, 18, boltShare(pose, distance, angle));
  light = mix(light, 14, within(RING.bore));
  return light * pose.gain;
}

/** The brushed ring: fine concentric lines, and a reflection in two opposite sectors. */
function ringLight(pose: Pose, distance: number, angle: number): number {
  const turns = (angle + pose.turn) / (2 * Math.PI);
  const fine = valueNoise(distance / 1.6, 56 * turns, pose.salt + 1, 56);
  const coarse = valueNoise(distance / 5, 19 * turns, pose.salt + 2, 19);
  const glare = Math.cos(angle - pose.lamp) ** 2;
  return 122 + 52 * glare ** 3 + (9 + 5 * glare) * fine + 6 * coarse;
}

/** The cast hat: rough and dull. */
function hatLight(pose: Pose, x: number, y: number): number {
  return 88 + 6 * valueNoise(x / 2.5, y / 2.5, pose.salt + 3) + 5 * valueNoise(x / 14, y / 14, pose.salt + 4);
}

function boltShare(pose: Pose, distance: number, angle: number): number {
  const sector = (2 * Math.PI) / BOLTS;
  const from = angle - pose.turn;
  const offset = from - Math.round(from / sector) * sector;
  const centre = RING.boltCircle * pose.radius;
  const away = Math.hypot(distance * Math.cos(offset) - centre, distance * Math.sin(offset));
  return smoothStep(0.8, -0.8, away - RING.bolt * pose.radius);
}
