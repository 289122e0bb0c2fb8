import { mix, smoothStep, valueNoise } from "../../../src/algorithms/image/drawn-discs/value-noise.ts";
import { Canvas } from "./canvas.ts";
import { between, type Colour, LAID, MOUNTED, type PartKind, whole } from "./piece.ts";
import { tinted } from "./surfaces.ts";

/** Solid parts in front of a ground. */

/** A hexagon bolt from the side on a dark mat. */
export const BOLT: PartKind = {
  name: "bolt",
  pose: LAID,
  make(set) {
    const [thread, shank, warm] = [between(set, 5, 6.5), between(set, 15, 19), between(set, -4, 16)];
    return (own) => {
      const [salt, phase] = [whole(own), between(own, 0, thread)];
      const isPart = (x: number, y: number) =>
        (x < -52 ? Math.abs(y) < 34 : Math.abs(y) < shank) && Math.abs(x) < 90;
      return tinted(isPart, [24, 25, 29], [warm, 0, -warm], (x, y) => {
        const ground = 30 + 5 * valueNoise(x / 1.6, y / 1.6, salt) + 4 * valueNoise(x / 30, y / 30, salt + 1);
        const wave = ((x + phase + 0.16 * y) / thread) * 2 * Math.PI;
        const depth = x > -30 && x < 88 ? 1.1 * Math.cos(wave) : 0;
        const reach = shank + depth - 2.4 * smoothStep(80, 92, x);
        const body = smoothStep(0.5, -0.5, Math.max(Math.abs(y) - reach, x - 90, -54 - x));
        const round = Math.sqrt(Math.max(0, 1 - (y / (reach + 1)) ** 2));
        const groove = x > -30 ? 34 * Math.cos(wave + 0.9) : 0;
        const metal = 60 + 105 * round ** 1.4 + groove * round + 7 * valueNoise(x / 8, y / 1.1, salt + 2);
        const head = smoothStep(0.5, -0.5, Math.max(Math.abs(y) - 36, -90 - x, x + 53));
        const facet = Math.abs(y) < 15 ? 172 - 0.6 * Math.abs(y) : 104 - 0.9 * (Math.abs(y) - 15);
        const chamfer = 26 * smoothStep(4, 0, x + 90) - 30 * smoothStep(3, 0, -53 - x);
        const hex = facet + chamfer + 6 * valueNoise(x / 1.2, y / 9, salt + 3);
        return mix(mix(ground, metal, body), hex, head);
      });
    };
  },
};

/** A capsule of two colours, glossy, with a mark. */
export const CAPSULE: PartKind = {
  name: "capsule",
  pose: LAID,
  make(set) {
    const first: Colour = [between(set, 150, 225), between(set, 40, 110), between(set, 30, 80)];
    const second: Colour = [between(set, 205, 235), between(set, 200, 228), between(set, 170, 215)];
    const mark = new Canvas(60, [0, 0, 0]);
    for (let stroke = 0; stroke < 5; stroke++) {
      const x = -16 + 7 * stroke;
      mark.line([x, -6], [x, 6], 1.6, [1, 1, 1]);
      const slant = between(set, -6, 6);
      mark.line([x, slant], [x + 5, -slant], 1.6, [1, 1, 1]);
    }
    return (own) => {
      const salt = whole(own);
      const found: [number, number, number] = [0, 0, 0];
      const inside = (x: number, y: number, half: number) =>
        Math.hypot(Math.max(0, Math.abs(x) - 52), y) - half;
      return {
        backing: [58, 48, 42],
        isPart: (x, y) => inside(x, y, 34) < 0,
        colour(x, y) {
          const half = x < 2 ? 39 : 37.5;
          const away = inside(x, y, half);
          const share = smoothStep(0.6, -0.6, away);
          const round = Math.sqrt(Math.max(0, Math.min(1, 1 - ((away + half) / half) ** 2)));
          const shade = 0.5 + 0.5 * round - 0.16 * smoothStep(2, 0, Math.abs(x - 2));
          const gloss =
            75 * smoothStep(5, 0.5, Math.abs(y + 17) + 0.02 * Math.abs(x)) * smoothStep(62, 46, Math.abs(x));
          const print = 0.75 * mark.look(x - 32, y - 4)[0];
          const ground =
            196 + 4 * valueNoise(x / 1.8, y / 1.8, salt) - 26 * smoothStep(9, -2, inside(x - 3, y - 5, half));
          const speckle = 3 * valueNoise(x / 2.4, y / 2.4, salt + 1);
          for (let channel = 0; channel < 3; channel++) {
            const shell = (x < 2 ? first : second)[channel]! * (1 - print) + 40 * print;
            found[channel] = mix(ground - 3 * channel, shell * shade + gloss + speckle, share);
          }
          return found;
        },
      };
    };
  },
};

/** A bottle's mouth from above: rings of glass, teeth of the cap's thread. */
export const BOTTLE: PartKind = {
  name: "bottle mouth",
  pose: MOUNTED,
  make(set) {
    const hue: Colour = [between(set, -26, 4), between(set, 4, 16), between(set, -18, 10)];
    const ribs = 24 + 2 * set.below(8);
    return (own) => {
      const [salt, turn] = [whole(own), between(own, 0, 2 * Math.PI)];
      const isPart = (x: number, y: number) => {
        const r = Math.hypot(x, y);
        return r > 44 && r < 92;
      };
      return tinted(isPart, [20, 22, 20], hue, (x, y) => {
        const [r, angle] = [Math.hypot(x, y), Math.atan2(y, x)];
        const ring = (from: number, to: number) =>
          smoothStep(from - 0.8, from + 0.8, r) * smoothStep(to + 0.8, to - 0.8, r);
        const turns = (angle + Math.PI) / (2 * Math.PI);
        const glass = 6 * valueNoise(r / 3, turns * 30, salt, 30);
        const lamp = Math.max(0, Math.cos(angle - 0.8)) ** 6 + Math.max(0, Math.cos(angle + 2.3)) ** 6;
        const rib = 20 * Math.cos(ribs * (angle + turn)) * ring(79, 93);
        let light = 205 + 4 * valueNoise(x / 40, y / 40, salt + 1);
        light = mix(light, 74 + 26 * Math.sin((r - 62) / 4.4) + glass + 55 * lamp, ring(43, 96));
        light = mix(light, 128 + glass + 70 * lamp, ring(66, 75));
        light = mix(light, 28 + 6 * valueNoise(x / 12, y / 12, salt + 2), smoothStep(44, 42, r));
        return light + rib;
      });
    };
  },
};
