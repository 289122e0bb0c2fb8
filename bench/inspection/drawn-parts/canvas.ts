import type { Colour } from "./piece.ts";

type Point = readonly [x: number, y: number];

/** Pixels to a unit: fine enough for the lines that are drawn. */
const FINENESS = 2;

/** A drawing of `side` x `side` units around its middle that is painted once and looked at by many pieces. */
export class Canvas {
  readonly #pixels: number;
  readonly #data: Float32Array;
  readonly #looked: [number, number, number] = [0, 0, 0];

  constructor(side: number, ground: Colour) {
    this.#pixels = side * FINENESS;
    this.#data = new Float32Array(3 * this.#pixels ** 2);
    for (let at = 0; at < this.#data.length; at++) this.#data[at] = ground[at % 3] as number;
  }

  /** A rectangle around a middle, with round corners. */
  box([x, y]: Point, width: number, height: number, colour: Colour, round = 0): void {
    this.#paint(x - width / 2, y - height / 2, x + width / 2, y + height / 2, colour, (px, py) => {
      const [dx, dy] = [Math.abs(px - x) - width / 2 + round, Math.abs(py - y) - height / 2 + round];
      return Math.hypot(Math.max(0, dx), Math.max(0, dy)) + Math.min(0, Math.max(dx, dy)) - round;
    });
  }

  /** A disc, or a ring from `inner` on. */
  disc([x, y]: Point, radius: number, colour: Colour, inner = 0): void {
    this.#paint(x - radius, y - radius, x + radius, y + radius, colour, (px, py) => {
      const away = Math.hypot(px - x, py - y);
      return Math.max(away - radius, inner > 0 ? inner - away : away - radius);
    });
  }

  /** A line of some width. */
  line([ax, ay]: Point, [bx, by]: Point, width: number, colour: Colour): void {
    const [dx, dy, half] = [bx - ax, by - ay, width / 2];
    const length = dx * dx + dy * dy || 1;
    const box = [Math.min(ax, bx) - half, Math.min(ay, by) - half, Math.max(ax, bx) + half] as const;
    this.#paint(...box, Math.max(ay, by) + half, colour, (px, py) => {
      const along = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
      return Math.hypot(px - ax - along * dx, py - ay - along * dy) - half;
    });
  }

  /** The colour of a place, bilinear; beyond the border its own colour goes on. */
  look(x: number, y: number): Colour {
    const size = this.#pixels;
    const within = (value: number) => Math.min(size - 1.001, Math.max(0, value * FINENESS + size / 2 - 0.5));
    const [column, row] = [within(x), within(y)];
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const [across, down] = [column - left, row - top];
    const at = 3 * (top * size + left);
    const data = this.#data;
    for (let channel = 0; channel < 3; channel++) {
      const from = at + channel;
      const upper = data[from]! + (data[from + 3]! - data[from]!) * across;
      const below = from + 3 * size;
      const lower = data[below]! + (data[below + 3]! - data[below]!) * across;
      this.#looked[channel] = upper + (lower - upper) * down;
    }
    return this.#looked;
  }

  /** Paints where the distance is below 0, with edges of one pixel. */
  #paint(
    left: number,
    top: number,
    right: number,
    bottom: number,
    colour: Colour,
    distance: (x: number, y: number) => number,
  ): void {
    const size = this.#pixels;
    const first = (value: number) => Math.max(0, Math.floor(value * FINENESS + size / 2) - 1);
    const last = (value: number) => Math.min(size - 1, Math.ceil(value * FINENESS + size / 2) + 1);
    for (let row = first(top); row <= last(bottom); row++)
      for (let column = first(left); column <= last(right); column++) {
        const [x, y] = [column + 0.5 - size / 2, row + 0.5 - size / 2];
        const share = Math.min(1, Math.max(0, 0.5 - FINENESS * distance(x / FINENESS, y / FINENESS)));
        if (share === 0) continue;
        for (let channel = 0; channel < 3; channel++) {
          const at = 3 * (row * size + column) + channel;
          this.#data[at] = this.#data[at]! + ((colour[channel] as number) - this.#data[at]!) * share;
        }
      }
  }
}
