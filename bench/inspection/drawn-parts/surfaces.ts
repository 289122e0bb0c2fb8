import { mix, smoothStep, valueNoise } from "../../../src/algorithms/image/drawn-discs/value-noise.ts";
import { between, type Colour, PASSING, type PartKind, type Piece, whole } from "./piece.ts";

/** Materials that go on beyond the picture. Every sheet is cut from another place: `dx`, `dy` and the salts differ. */

const everywhere = () => true;

/** Rolled and brushed sheet: fine streaks, slow clouds. */
export const BRUSHED_METAL: PartKind = {
  name: "brushed metal",
  pose: PASSING,
  make(set) {
    const [light, warm, streak] = [between(set, 120, 165), between(set, -6, 8), between(set, 1.2, 2)];
    return (own) => {
      const salt = whole(own);
      return tinted(everywhere, [38, 36, 34], [warm, 0, -warm], (x, y) => {
        const fine = valueNoise(x / 60, y / 0.55, salt) + 0.7 * valueNoise(x / 26, y / streak, salt + 1);
        return light + 11 * fine + 7 * valueNoise(x / 90, y / 14, salt + 2);
      });
    };
  },
};

/** Plain weave of two threads; their thickness wanders. */
export const FABRIC: PartKind = {
  name: "fabric",
  pose: PASSING,
  make(set) {
    const pitch = between(set, 6, 8.5);
    const warp: Colour = [between(set, 60, 190), between(set, 70, 160), between(set, 60, 190)];
    const weft: Colour = [warp[0] + between(set, -40, 40), warp[1] + between(set, -30, 30), warp[2] + 20];
    return (own) => {
      const [salt, dx, dy] = [whole(own), between(own, 0, pitch * 2), between(own, 0, pitch * 2)];
      const found: [number, number, number] = [0, 0, 0];
      return {
        backing: [22, 20, 20],
        isPart: everywhere,
        colour(x, y) {
          const u = (x + dx + 1.1 * valueNoise(x / 30, y / 18, salt)) / pitch;
          const v = (y + dy + 1.1 * valueNoise(x / 18, y / 30, salt + 1)) / pitch;
          const [column, row] = [Math.floor(u), Math.floor(v)];
          const over = (column + row) % 2 === 0;
          // across the thread that lies above, and along it
          const [across, along] = over ? [u - column, v - row] : [v - row, u - column];
          const round = Math.sin(Math.PI * across) ** 0.6 * (0.62 + 0.38 * Math.sin(Math.PI * along));
          const fibre = 9 * valueNoise(over ? x / 0.7 : x / 4, over ? y / 4 : y / 0.7, salt + 2);
          const shade = 0.42 + 0.58 * round;
          for (let channel = 0; channel < 3; channel++)
            found[channel] = (over ? warp : weft)[channel]! * shade + fibre;
          return found;
        },
      };
    };
  },
};

/** Grained hide: pebbles with dark furrows, and slow folds. */
export const LEATHER: PartKind = {
  name: "leather",
  pose: PASSING,
  make(set) {
    const [size, light] = [between(set, 4.5, 6.5), between(set, 78, 125)];
    const hue: Colour = [between(set, 14, 34), 0, between(set, -30, -14)];
    return (own) => {
      const salt = whole(own);
      return tinted(everywhere, [148, 128, 104], hue, (x, y) => {
        const [nearest, second] = pebbles(x / size, y / size, salt);
        const furrow = smoothStep(0.02, 0.3, second - nearest);
        const fold = valueNoise(x / 60, y / 24, salt + 1);
        return light + 26 * (furrow - 0.7) + 6 * fold + 4 * valueNoise(x / 1.2, y / 1.2, salt + 2);
      });
    };
  },
};

/** Planed board: growth rings that wander, pores along them. */
export const WOOD: PartKind = {
  name: "wood",
  pose: PASSING,
  make(set) {
    const [light, ring] = [between(set, 140, 180), between(set, 7, 11)];
    return (own) => {
      const [salt, start] = [whole(own), between(own, 0, 50)];
      return tinted(everywhere, [58, 40, 28], [26, 0, -38], (x, y) => {
        const wander = 5 * valueNoise(x / 110, y / 40, salt) + 1.2 * valueNoise(x / 40, y / 12, salt + 1);
        const phase = (y + start) / ring + wander * 0.35;
        const late = (phase - Math.floor(phase)) ** 3;
        const pores = smoothStep(0.45, 0.8, valueNoise(x / 9, y / 0.8, salt + 2));
        return light - 34 * late - 16 * pores + 5 * valueNoise(x / 30, y / 1.1, salt + 3);
      });
    };
  },
};

/** Woven wires over the dark. */
export const MESH: PartKind = {
  name: "wire mesh",
  pose: PASSING,
  make(set) {
    const [pitch, half, ground] = [between(set, 14, 19), between(set, 2, 2.9), between(set, 14, 40)];
    return (own) => {
      const [salt, dx, dy] = [whole(own), between(own, 0, 2 * pitch), between(own, 0, 2 * pitch)];
      const sway = (place: number, line: number) => 0.7 * valueNoise(place / 16, line * 3.7, salt);
      const wire = (away: number, along: number, over: boolean) => {
        const rounding = Math.sqrt(Math.max(0, 1 - (away / half) ** 2));
        const wave = (over ? 1 : -1) * Math.cos((Math.PI * along) / pitch);
        return 70 + 120 * rounding ** 1.5 + 22 * wave;
      };
      const onWire = (x: number, y: number) =>
        [x + dx, y + dy].some((place) => Math.abs(place - pitch * Math.round(place / pitch)) < half);
      return tinted(onWire, [ground, ground, ground + 3], [2, 0, 0], (x, y) => {
        const [column, row] = [Math.round((x + dx) / pitch), Math.round((y + dy) / pitch)];
        const across = x + dx - column * pitch + sway(y, column);
        const down = y + dy - row * pitch + sway(x, row + 0.5);
        const over = (column + row) % 2 === 0;
        const share = (away: number) => smoothStep(half + 0.4, half - 0.4, Math.abs(away));
        const standing = wire(across, y + dy, over);
        const lying = wire(down, x + dx, !over);
        const [upper, lower] = over ? [standing, lying] : [lying, standing];
        const [first, second] = over ? [share(across), share(down)] : [share(down), share(across)];
        return mix(mix(ground, lower, second), upper, first) + 3 * valueNoise(x / 1.5, y / 1.5, salt + 9);
      });
    };
  },
};

/** Polished stone: grains of several colours in a light paste. */
export const STONE: PartKind = {
  name: "terrazzo tile",
  pose: PASSING,
  make(set) {
    const [size, paste] = [between(set, 6, 9), between(set, 165, 195)];
    const grains: Colour[] = Array.from({ length: 4 }, () => {
      const light = between(set, 70, 150);
      return [light + between(set, -6, 22), light, light + between(set, -18, 8)];
    });
    return (own) => {
      const salt = whole(own);
      const found: [number, number, number] = [0, 0, 0];
      return {
        backing: [52, 48, 44],
        isPart: everywhere,
        colour(x, y) {
          const [nearest, second, id] = pebbles(x / size, y / size, salt);
          const grain = grains[id % 6] ?? null;
          const share = grain === null ? 0 : smoothStep(0.12, 0.24, second - nearest);
          const cloud = 5 * valueNoise(x / 20, y / 20, salt + 1) + 3 * valueNoise(x / 1.3, y / 1.3, salt + 2);
          for (let channel = 0; channel < 3; channel++)
            found[channel] = mix(paste - 4 * channel, grain?.[channel] ?? 0, share) + cloud;
          return found;
        },
      };
    };
  },
};

/** A piece whose colours follow from one number: its light, with a hue added. */
export function tinted(
  isPart: Piece["isPart"],
  backing: Colour,
  hue: Colour,
  light: (x: number, y: number) => number,
): Piece {
  const found: [number, number, number] = [0, 0, 0];
  return {
    backing,
    isPart,
    colour(x, y) {
      const value = light(x, y);
      for (let channel = 0; channel < 3; channel++) found[channel] = value + hue[channel]!;
      return found;
    },
  };
}

/** Distances to the nearest and second nearest point of a jittered lattice, and a number that names the nearest. */
function pebbles(x: number, y: number, salt: number): [nearest: number, second: number, id: number] {
  let [nearest, second, id] = [9, 9, 0];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  for (let row = top - 1; row <= top + 1; row++)
    for (let column = left - 1; column <= left + 1; column++) {
      let hash = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1);
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
      const away = Math.hypot(
        column + 0.1 + (0.8 * (hash & 0xffff)) / 0xffff - x,
        row + 0.1 + (0.8 * (hash >>> 16)) / 0xffff - y,
      );
      if (away < nearest) [second, nearest, id] = [nearest, away, (hash >>> 7) & 0xff];
      else if (away < second) second = away;
    }
  return [nearest, second, id];
}
