import { type SeededRandom, seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { mix, smoothStep, valueNoise } from "../../src/algorithms/image/drawn-discs/value-noise.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";

/** What may be wrong with a rolled sheet of metal. */
export const SURFACES = ["cracks", "inclusions", "patches", "pits", "scale", "scratches"] as const;
export type Surface = (typeof SURFACES)[number];

/** How dark (below 0) or light a defect is at a place, -1..1. Places are in 64ths of the picture's side. */
type Defect = (x: number, y: number) => number;

const DEFECTS: Readonly<Record<Surface, (random: SeededRandom) => Defect>> = {
  cracks: (random) => {
    const salt = random.below(1e6);
    // thin where two slow noises cross zero: a net of fine lines
    return (x, y) =>
      -smoothStep(0.09, 0.02, Math.abs(valueNoise(x / 9, y / 9, salt))) * (0.4 + 0.4 * random.uniform());
  },
  inclusions: (random) => {
    const spots = spotsOf(random, 2 + random.below(3));
    return (x, y) =>
      -Math.max(
        ...spots.map(({ at, size, turn }) => {
          const [u, v] = turned(x - at[0], y - at[1], turn);
          return smoothStep(1.2, 0.7, Math.hypot(u / (3.2 * size), v / size));
        }),
      );
  },
  patches: (random) => {
    const salt = random.below(1e6);
    const size = 14 + 8 * random.uniform();
    return (x, y) => smoothStep(0.15, 0.35, valueNoise(x / size, y / size, salt)) * -0.6;
  },
  pits: (random) => {
    const salt = random.below(1e6);
    return (x, y) => -smoothStep(0.45, 0.65, valueNoise(x / 3, y / 3, salt));
  },
  scale: (random) => {
    const salt = random.below(1e6);
    return (x, y) => smoothStep(0.2, 0.5, valueNoise(x / 5, y / 16, salt)) * (0.5 + 0.3 * random.uniform());
  },
  scratches: (random) => {
    const lines = spotsOf(random, 1 + random.below(3));
    return (x, y) =>
      Math.max(
        ...lines.map(({ at, size, turn }) => {
          const [u, v] = turned(x - at[0], y - at[1], turn * 0.3);
          return smoothStep(0.9, 0.3, Math.abs(v)) * smoothStep(14 * size, 10 * size, Math.abs(u));
        }),
      );
  },
};

/**
 * Draws a sheet with one kind of defect: `[side, side, 3]`, nearly gray, its light, contrast and grain by chance.
 * One seed always gives the same bytes. O(pixels).
 */
export function drawSurface(kind: Surface, seed: number, side: number): Picture {
  const random = seededRandom(seed);
  const defect = DEFECTS[kind](random);
  const [salt, turn] = [random.below(1e6), random.uniform() * Math.PI];
  const light = 80 + 90 * random.uniform();
  const strength = 35 + 45 * random.uniform();
  const slope = (random.uniform() - 0.5) * 40;
  const grain = 4 + 8 * random.uniform();
  const data = new Uint8Array(side * side * 3);
  for (let row = 0, to = 0; row < side; row++)
    for (let column = 0; column < side; column++, to += 3) {
      const [x, y] = [(column * 64) / side, (row * 64) / side];
      const [along, across] = turned(x, y, turn);
      const rolled = 6 * valueNoise(along / 30, across / 2, salt);
      const shade = mix(-slope, slope, column / side);
      const value = light + shade + rolled + strength * defect(x, y) + grain * random.normal();
      for (let channel = 0; channel < 3; channel++)
        data[to + channel] = Math.min(255, Math.max(0, Math.round(value + 2 * channel)));
    }
  return { width: side, height: side, data };
}

interface Spot {
  readonly at: readonly [number, number];
  readonly size: number;
  /** Radians. */
  readonly turn: number;
}

function spotsOf(random: SeededRandom, count: number): Spot[] {
  return Array.from({ length: count }, () => ({
    at: [10 + 44 * random.uniform(), 10 + 44 * random.uniform()] as const,
    size: 1.5 + 2.5 * random.uniform(),
    turn: Math.PI * random.uniform(),
  }));
}

function turned(x: number, y: number, turn: number): [number, number] {
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  return [cos * x + sin * y, cos * y - sin * x];
}
