import type { SeededRandom } from "../../../src/algorithms/anomaly/seeded-random.ts";
import { mix, smoothStep, valueNoise } from "../../../src/algorithms/image/drawn-discs/value-noise.ts";
import { between, type Colour, whole } from "./piece.ts";

export const FLAWS = ["scratch", "crack", "stain", "missing", "foreign", "deformed"] as const;
export type Flaw = (typeof FLAWS)[number];

/** What is wrong with a part, in the places of its picture. */
export interface Defect {
  /** Where the part's place shows that is seen at (x, y): other than itself only where the part is bent. */
  source(x: number, y: number): readonly [x: number, y: number];
  /** Changes a colour and says how much of the place is bad, 0..1. */
  spoil(colour: [number, number, number], x: number, y: number): number;
}

type Point = readonly [x: number, y: number];
type Drawer = (at: Point, strength: number, random: SeededRandom, backing: Colour) => Defect;

/** @param strength 1 is plain to see; 0.4 is faint. Sizes do not depend on it. */
export function drawDefect(
  flaw: Flaw,
  at: Point,
  strength: number,
  random: SeededRandom,
  backing: Colour,
): Defect {
  return DRAWERS[flaw](at, strength, random, backing);
}

const stays = (x: number, y: number): Point => [x, y];

const DRAWERS: Readonly<Record<Flaw, Drawer>> = {
  scratch([x, y], strength, random) {
    const [turn, half] = [between(random, 0, Math.PI), between(random, 9, 24)];
    const [dx, dy, bow] = [half * Math.cos(turn), half * Math.sin(turn), between(random, -0.25, 0.25)];
    const path: Point[] = [
      [x - dx, y - dy],
      [x + bow * dy, y - bow * dx],
      [x + dx, y + dy],
    ];
    const light = strength * (random.below(3) === 0 ? -1 : 1) * between(random, 45, 75);
    return added(path, between(random, 0.45, 0.85), [light, light, light]);
  },
  crack([x, y], strength, random) {
    const path: Point[] = [[x, y]];
    let turn = between(random, 0, 2 * Math.PI);
    for (let joint = 0, joints = 6 + random.below(5); joint < joints; joint++) {
      const [px, py] = path[joint]!;
      const step = between(random, 2.5, 5);
      turn += between(random, -0.8, 0.8);
      path.push([px + step * Math.cos(turn), py + step * Math.sin(turn)]);
    }
    const light = -strength * between(random, 50, 85);
    return added(path, between(random, 0.4, 0.8), [light, light, light]);
  },
  stain([x, y], strength, random) {
    const [radius, salt] = [between(random, 6, 13), whole(random)];
    const depth = strength * between(random, 22, 38);
    const tint: Colour = [
      depth * between(random, -1, 0.4),
      depth * between(random, -1, 0),
      depth * between(random, -1.3, 0.2),
    ];
    return {
      source: stays,
      spoil(colour, px, py) {
        const share = blot(px - x, py - y, radius, salt, 4);
        if (share > 0)
          for (let channel = 0; channel < 3; channel++)
            colour[channel] = colour[channel]! + share * tint[channel]!;
        return share;
      },
    };
  },
  missing([x, y], strength, random, backing) {
    const [radius, salt] = [between(random, 3.5, 7.5), whole(random)];
    return {
      source: stays,
      spoil(colour, px, py) {
        const share = blot(px - x, py - y, radius, salt, 0.5);
        // the lamp's side of the edge lies in shadow, the other one shines
        const rim =
          blot(px - x + 0.8, py - y + 0.8, radius, salt, 1) -
          blot(px - x - 0.8, py - y - 0.8, radius, salt, 1);
        if (share === 0 && rim === 0) return 0;
        for (let channel = 0; channel < 3; channel++)
          colour[channel] = mix(colour[channel]!, backing[channel]!, strength * share) - 30 * strength * rim;
        return share;
      },
    };
  },
  foreign([x, y], strength, random) {
    const light = between(random, 20, 235);
    const colour: Colour = [light + between(random, -40, 40), light, light + between(random, -40, 40)];
    return random.below(2) === 0
      ? fibre([x, y], strength, random, colour)
      : chip([x, y], strength, random, colour);
  },
  deformed([x, y], strength, random) {
    const [radius, turn] = [between(random, 11, 18), between(random, 0, 2 * Math.PI)];
    const reach = (0.4 + 0.6 * strength) * between(random, 4.5, 7);
    const [dx, dy] = [reach * Math.cos(turn), reach * Math.sin(turn)];
    const bump = (px: number, py: number) =>
      Math.max(0, 1 - ((px - x) ** 2 + (py - y) ** 2) / radius ** 2) ** 2;
    return {
      source(px, py) {
        const share = bump(px, py);
        return [px - share * dx, py - share * dy];
      },
      spoil(colour, px, py) {
        const share = bump(px, py);
        if (share === 0) return 0;
        const slope = 34 * strength * share * ((px - x + py - y) / radius);
        for (let channel = 0; channel < 3; channel++) colour[channel] = colour[channel]! - slope;
        return smoothStep(0.05, 0.35, share);
      },
    };
  },
};

/** A hair on the part: long, thin, curled. */
function fibre([x, y]: Point, strength: number, random: SeededRandom, colour: Colour): Defect {
  const path: Point[] = [[x, y]];
  let turn = between(random, 0, 2 * Math.PI);
  const curl = between(random, -0.35, 0.35);
  for (let joint = 0; joint < 9; joint++) {
    const [px, py] = path[joint]!;
    turn += curl + between(random, -0.15, 0.15);
    path.push([px + 3.6 * Math.cos(turn), py + 3.6 * Math.sin(turn)]);
  }
  return covered(path, between(random, 0.6, 1.1), strength, colour);
}

/** A splinter with straight edges and a shadow. */
function chip([x, y]: Point, strength: number, random: SeededRandom, colour: Colour): Defect {
  const corners = Array.from({ length: 3 + random.below(3) }, () => between(random, 0, 2 * Math.PI)).sort();
  const reach = between(random, 2.6, 5.2);
  const path = [...corners, corners[0]!].map(
    (angle): Point => [x + reach * Math.cos(angle), y + reach * Math.sin(angle)],
  );
  return covered(path, between(random, 1.5, 2.4), strength, colour);
}

function added(path: readonly Point[], half: number, tint: Colour): Defect {
  return {
    source: stays,
    spoil(colour, x, y) {
      const share = smoothStep(half + 0.5, half - 0.35, distance(path, x, y));
      if (share > 0)
        for (let channel = 0; channel < 3; channel++)
          colour[channel] = colour[channel]! + share * tint[channel]!;
      return share;
    },
  };
}

function covered(path: readonly Point[], half: number, strength: number, by: Colour): Defect {
  const opacity = 0.3 + 0.7 * strength;
  return {
    source: stays,
    spoil(colour, x, y) {
      const shadow = smoothStep(half + 2, half - 1, distance(path, x - 1.2, y - 1.2));
      const share = smoothStep(half + 0.4, half - 0.4, distance(path, x, y));
      if (shadow === 0 && share === 0) return 0;
      for (let channel = 0; channel < 3; channel++)
        colour[channel] = mix(
          colour[channel]! * (1 - 0.35 * strength * shadow),
          by[channel]!,
          opacity * share,
        );
      return share;
    },
  };
}

/** 1 inside an uneven disc, 0 outside, over a soft edge. */
function blot(dx: number, dy: number, radius: number, salt: number, soft: number): number {
  const away = Math.hypot(dx, dy);
  if (away > 1.6 * radius + soft) return 0;
  const turns = (Math.atan2(dy, dx) + Math.PI) / (2 * Math.PI);
  const uneven = radius * (1 + 0.3 * valueNoise(0.5, 7 * turns, salt, 7));
  return smoothStep(uneven + soft / 2, uneven - soft / 2, away);
}

function distance(path: readonly Point[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let joint = 1; joint < path.length; joint++) {
    const [ax, ay] = path[joint - 1]!;
    const [bx, by] = path[joint]!;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return nearest;
}
