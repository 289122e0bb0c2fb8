import type { SeededRandom } from "../../../src/algorithms/anomaly/seeded-random.ts";
import { valueNoise } from "../../../src/algorithms/image/drawn-discs/value-noise.ts";
import { Canvas } from "./canvas.ts";
import { between, type Colour, MOUNTED, type PartKind, type Piece, whole } from "./piece.ts";

/** Flat parts whose layout is the same on every one: painted once a set. */

/** A printed circuit board: traces, vias, chips, small parts. */
export const BOARD: PartKind = {
  name: "circuit board",
  pose: MOUNTED,
  make(set) {
    const mask: Colour = [between(set, 10, 30), between(set, 75, 110), between(set, 45, 70)];
    const trace: Colour = [mask[0] + 22, mask[1] + 42, mask[2] + 24];
    const canvas = new Canvas(240, mask);
    for (let bus = 0; bus < 9; bus++) paintBus(canvas, set, trace);
    for (let via = 0; via < 40; via++) {
      const at = spot(set, 106);
      canvas.disc(at, 2.2, [190, 170, 95]);
      canvas.disc(at, 0.9, [25, 25, 25]);
    }
    const slots = shuffled(
      set,
      Array.from({ length: 16 }, (_, at) => [-80 + 53 * (at % 4), -80 + 53 * Math.floor(at / 4)] as const),
    );
    slots.forEach((at, index) => {
      if (index < 3) paintChip(canvas, set, at);
      else for (let row = -1; row <= 1; row++) paintChipResistor(canvas, set, [at[0], at[1] + 12 * row]);
    });
    return (own) => worn(canvas, own, { backing: [196, 168, 112], grain: 3, reach: [100, 100] });
  },
};

/** A label with lines of print, a box and a bar code. */
export const LABEL: PartKind = {
  name: "printed label",
  pose: MOUNTED,
  make(set) {
    const canvas = new Canvas(240, [150, 122, 92]);
    const ink: Colour = [between(set, 15, 40), between(set, 15, 40), between(set, 25, 70)];
    canvas.box([0, 0], 196, 168, [232, 230, 222], 7);
    canvas.box([0, -64], 180, 22, [between(set, 20, 190), between(set, 30, 110), between(set, 40, 150)], 3);
    paintText(canvas, set, [-82, -64], 150, 10, [240, 240, 238]);
    for (let row = 0; row < 5; row++)
      paintText(canvas, set, [-86, -40 + 13 * row], between(set, 110, 168), 7, ink);
    for (let x = -84; x < 40; ) {
      const width = 1 + 1.1 * set.below(3);
      canvas.box([x + width / 2, 50], width, 32, ink);
      x += width + 1.2 + 1.1 * set.below(3);
    }
    canvas.box([68, 48], 34, 34, ink, 4);
    canvas.box([68, 48], 29, 29, [232, 230, 222], 3);
    paintText(canvas, set, [57, 48], 22, 12, ink);
    return (own) => worn(canvas, own, { backing: [150, 122, 92], grain: 2.2, reach: [94, 80] });
  },
};

/** A plug from the front: two rows of contacts in a dark housing. */
export const CONNECTOR: PartKind = {
  name: "connector",
  pose: MOUNTED,
  make(set) {
    const canvas = new Canvas(240, [92, 96, 100]);
    const housing: Colour = [between(set, 24, 60), between(set, 24, 50), between(set, 26, 70)];
    const [columns, gap] = [7 + set.below(3), between(set, 20, 26)];
    canvas.box([0, 0], 208, 132, lighter(housing, 22), 10);
    canvas.box([0, 0], 198, 122, housing, 8);
    canvas.box([0, 0], 182, 98, lighter(housing, -16), 5);
    canvas.box([0, -63], 40, 12, lighter(housing, 30), 2);
    const pitch = 166 / columns;
    for (let column = 0; column < columns; column++)
      for (const y of [-gap, gap]) {
        const at = [pitch * (column + 0.5) - 83, y] as const;
        canvas.box(at, 0.62 * pitch, 24, lighter(housing, 12), 1);
        canvas.box(at, 0.5 * pitch, 20, [122, 98, 42], 1);
        canvas.box([at[0] - 0.8, at[1]], 0.36 * pitch, 17, [206, 176, 88], 1);
        canvas.box([at[0] - 1.6, at[1] - 1], 0.1 * pitch, 13, [248, 232, 176], 0.5);
      }
    for (const x of [-94, 94]) canvas.disc([x, 0], 3.4, [16, 16, 18]);
    return (own) => worn(canvas, own, { backing: lighter(housing, -20), grain: 3.2, reach: [98, 60] });
  },
};

interface Wear {
  readonly backing: Colour;
  readonly grain: number;
  /** Half the part's width and height. */
  readonly reach: readonly [number, number];
}

/** The layout as one part shows it: printed a little unevenly, with grain of its own. */
function worn(canvas: Canvas, own: SeededRandom, { backing, grain, reach }: Wear): Piece {
  const salt = whole(own);
  const found: [number, number, number] = [0, 0, 0];
  return {
    backing,
    isPart: (x, y) => Math.abs(x) < reach[0] && Math.abs(y) < reach[1],
    colour(x, y) {
      const colour = canvas.look(x, y);
      const own = grain * valueNoise(x / 1.4, y / 1.4, salt) + 3 * valueNoise(x / 45, y / 45, salt + 1);
      for (let channel = 0; channel < 3; channel++) found[channel] = colour[channel]! + own;
      return found;
    },
  };
}

function paintBus(canvas: Canvas, random: SeededRandom, colour: Colour): void {
  const [x, y] = spot(random, 100);
  const [reach, bend, lines] = [between(random, 40, 110), between(random, 15, 45), 2 + random.below(4)];
  const upright = random.below(2) === 0;
  const sign = random.below(2) === 0 ? 1 : -1;
  for (let line = 0; line < lines; line++) {
    const beside = 3.4 * line;
    const path = [
      [-reach, beside],
      [0, beside],
      [bend, beside + sign * bend],
      [bend + reach, beside + sign * bend],
    ].map(([u = 0, v = 0]) => (upright ? ([x + v, y + u] as const) : ([x + u, y + v] as const)));
    for (let joint = 1; joint < path.length; joint++)
      canvas.line(path[joint - 1]!, path[joint]!, 1.5, colour);
  }
}

function paintChip(canvas: Canvas, random: SeededRandom, [x, y]: readonly [number, number]): void {
  const pins = 5 + random.below(3);
  for (let pin = 0; pin < pins; pin++)
    for (const side of [-1, 1])
      canvas.box([x + (pin - (pins - 1) / 2) * 5.2, y + side * 17], 2.4, 9, [198, 200, 204], 0.6);
  canvas.box([x, y], 5.2 * pins + 4, 27, [34, 34, 38], 1.2);
  canvas.disc([x - 2.6 * pins + 3, y + 8.5], 1.7, [70, 70, 74]);
  paintText(canvas, random, [x - 2.2 * pins, y - 2], 4.2 * pins, 5, [128, 128, 130]);
}

function paintChipResistor(canvas: Canvas, random: SeededRandom, at: readonly [number, number]): void {
  const capacitor = random.below(2) === 0;
  canvas.box(at, 17, 8, [205, 205, 200], 0.8);
  canvas.box(at, 9.5, 7, capacitor ? [158, 124, 84] : [30, 30, 34], 0.5);
  if (!capacitor) paintText(canvas, random, [at[0] - 3, at[1]], 6, 3.4, [190, 190, 190]);
}

/** Strokes that look like letters from some way off: words of upright, lying and round marks. */
function paintText(
  canvas: Canvas,
  random: SeededRandom,
  [left, y]: readonly [number, number],
  width: number,
  height: number,
  ink: Colour,
): void {
  const [advance, stroke, half] = [0.72 * height, 0.15 * height, height / 2];
  for (let x = left; x < left + width; x += advance) {
    if (random.below(6) === 0) continue;
    const right = x + 0.5 * height;
    const strokes = [
      () => canvas.line([x, y - half], [x, y + half], stroke, ink),
      () => canvas.line([right, y - half], [right, y + half], stroke, ink),
      () => canvas.line([x, y - half], [right, y - half], stroke, ink),
      () => canvas.line([x, y], [right, y], stroke, ink),
      () => canvas.line([x, y + half], [right, y + half], stroke, ink),
      () => canvas.line([x, y - half], [right, y + half], stroke, ink),
      () => canvas.disc([(x + right) / 2, y], 0.34 * height, ink, 0.2 * height),
    ];
    const count = 2 + random.below(2);
    for (let mark = 0; mark < count; mark++) strokes[random.below(strokes.length)]?.();
  }
}

function spot(random: SeededRandom, reach: number): readonly [number, number] {
  return [between(random, -reach, reach), between(random, -reach, reach)];
}

function shuffled<T>(random: SeededRandom, items: readonly T[]): T[] {
  return items
    .map((item) => [random.uniform(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function lighter(colour: Colour, by: number): Colour {
  return [colour[0] + by, colour[1] + by, colour[2] + by];
}
