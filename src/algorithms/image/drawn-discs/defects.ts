import type { SeededRandom } from "../../anomaly/seeded-random.ts";
import { type Pose, RING } from "./disc-surface.ts";
import { smoothStep, valueNoise } from "./value-noise.ts";

export type DefectKind = "scratch" | "crack" | "stain";
export const DEFECT_KINDS: readonly DefectKind[] = ["scratch", "crack", "stain"];

/** A flaw: how much of each pixel it covers, and what it adds to red, green and blue there. */
export interface Defect {
  /** 0..1 at a pixel. */
  coverage(x: number, y: number): number;
  readonly tint: readonly [red: number, green: number, blue: number];
}

type Point = readonly [x: number, y: number];

/** Draws a flaw somewhere on the disc's ring. Lengths follow the disc's size. */
export function drawDefect(kind: DefectKind, pose: Pose, random: SeededRandom): Defect {
  if (kind === "scratch") return scratch(pose, random);
  return kind === "crack" ? crack(pose, random) : stain(pose, random);
}

/** A thin straight line across the brushing, bright or dark. */
function scratch(pose: Pose, random: SeededRandom): Defect {
  const [x, y] = onRing(pose, 0.66 + 0.24 * random.uniform(), random);
  const radial = Math.atan2(y - pose.cy, x - pose.cx);
  const heading = radial + (random.uniform() - 0.5) * 1.6;
  const half = pose.radius * (0.08 + 0.1 * random.uniform());
  const reach: Point = [Math.cos(heading) * half, Math.sin(heading) * half];
  const path: Point[] = [
    [x - reach[0], y - reach[1]],
    [x + reach[0], y + reach[1]],
  ];
  const strength = (random.uniform() < 0.5 ? -1 : 1) * (38 + 26 * random.uniform());
  return line(path, 0.9 + 0.5 * random.uniform(), [strength, strength, strength]);
}

/** A dark jagged line that starts at the ring's edge and runs inwards. */
function crack(pose: Pose, random: SeededRandom): Defect {
  const start = onRing(pose, 0.985, random);
  let heading = Math.atan2(pose.cy - start[1], pose.cx - start[0]);
  const path: Point[] = [start];
  const joints = 5 + random.below(4);
  for (let joint = 0; joint < joints; joint++) {
    const [x, y] = path[joint] as Point;
    const step = pose.radius * (0.03 + 0.02 * random.uniform());
    heading += (random.uniform() - 0.5) * 1.1;
    path.push([x + Math.cos(heading) * step, y + Math.sin(heading) * step]);
  }
  const strength = -(48 + 26 * random.uniform());
  return line(path, 1 + 0.5 * random.uniform(), [strength, strength, strength]);
}

/** A soft brownish blotch of uneven outline. */
function stain(pose: Pose, random: SeededRandom): Defect {
  const [cx, cy] = onRing(pose, 0.68 + 0.2 * random.uniform(), random);
  const radius = pose.radius * (0.06 + 0.05 * random.uniform());
  const salt = random.below(0x7fff_ffff);
  const depth = 20 + 14 * random.uniform();
  return {
    coverage(x, y) {
      const uneven = 1 + 0.35 * valueNoise(x / 9, y / 9, salt);
      return smoothStep(1.15, 0.75, Math.hypot(x - cx, y - cy) / (radius * uneven));
    },
    tint: [-0.7 * depth, -depth, -1.5 * depth],
  };
}

function onRing(pose: Pose, share: number, random: SeededRandom): Point {
  const angle = 2 * Math.PI * random.uniform();
  const distance = Math.max(RING.inner, share) * pose.radius;
  return [pose.cx + distance * Math.cos(angle), pose.cy + distance * Math.sin(angle)];
}

function line(path: readonly Point[], halfWidth: number, tint: Defect["tint"]): Defect {
  return {
    coverage(x, y) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let joint = 1; joint < path.length; joint++)
        nearest = Math.min(nearest, distanceTo(path[joint - 1] as Point, path[joint] as Point, x, y));
      return smoothStep(halfWidth + 0.6, halfWidth - 0.6, nearest);
    },
    tint,
  };
}

function distanceTo([ax, ay]: Point, [bx, by]: Point, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
