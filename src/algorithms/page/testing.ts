import type { Picture } from "../image/picture.ts";
import type { PageBox } from "./prepared-page.ts";

/** Five columns by seven rows each; a bit per cell, the leftmost the highest. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  E: [31, 16, 16, 30, 16, 16, 31],
  H: [17, 17, 17, 31, 17, 17, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  T: [31, 4, 4, 4, 4, 4, 4],
  W: [17, 17, 17, 21, 21, 27, 17],
  "!": [4, 4, 4, 4, 4, 0, 4],
  ".": [0, 0, 0, 0, 0, 0, 4],
};
const INK = 10;

interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

/** A page that tests draw on, pixel by pixel, so that they know what is where. Gray, white at first. */
export class DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.gray = new Uint8Array(width * height).fill(255);
  }

  picture(): Picture {
    const data = new Uint8Array(this.gray.length * 3);
    for (let at = 0; at < data.length; at++) data[at] = this.gray[Math.floor(at / 3)] as number;
    return { width: this.width, height: this.height, data };
  }

  /** Paints every pixel of a box for which `level` yields a gray. */
  paint(box: PageBox, level: (x: number, y: number) => number | null): void {
    for (let y = Math.max(0, box.y); y < Math.min(this.height, box.y + box.height); y++)
      for (let x = Math.max(0, box.x); x < Math.min(this.width, box.x + box.width); x++) {
        const gray = level(x, y);
        if (gray !== null) this.gray[y * this.width + x] = gray;
      }
  }

  /** A frame inside of a box. */
  frame(box: PageBox, thick: number): void {
    this.paint(box, (x, y) => {
      const inside = Math.min(x - box.x, y - box.y, box.x + box.width - 1 - x, box.y + box.height - 1 - y);
      return inside < thick ? INK : null;
    });
  }

  /** A white ellipse with an outline outside of it. */
  ellipse(ellipse: Ellipse, thick: number): void {
    const grown = { ...ellipse, radiusX: ellipse.radiusX + thick, radiusY: ellipse.radiusY + thick };
    this.paint(boxOf(grown), (x, y) => (within(ellipse, x, y) ? 255 : within(grown, x, y) ? INK : null));
  }

  /** A black ellipse. */
  blot(ellipse: Ellipse): void {
    this.paint(boxOf(ellipse), (x, y) => (within(ellipse, x, y) ? INK : null));
  }

  /** Black round dots of a screentone in a box: `pitch` pixels apart, `share` of the area, turned by degrees. */
  dots(box: PageBox, pitch: number, share: number, degrees: number): void {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const radius = pitch * Math.sqrt(share / Math.PI);
    this.paint(box, (x, y) => {
      const [u, v] = [(x * cos + y * sin) / pitch, (y * cos - x * sin) / pitch];
      const away = pitch * Math.hypot(u - Math.round(u), v - Math.round(v));
      const cover = Math.max(0, Math.min(1, radius + 0.5 - away));
      return Math.round(255 - (255 - INK) * cover);
    });
  }

  /** A line of letters, `cell` pixels a cell, around a middle. */
  write(text: string, middleX: number, middleY: number, cell: number): void {
    const left = Math.round(middleX - ((text.length * 6 - 1) * cell) / 2);
    const top = Math.round(middleY - (7 * cell) / 2);
    for (const [place, letter] of [...text].entries()) {
      const rows = LETTERS[letter] ?? [];
      const start = left + place * 6 * cell;
      this.paint({ x: start, y: top, width: 5 * cell, height: 7 * cell }, (x, y) => {
        const row = rows[Math.floor((y - top) / cell)] ?? 0;
        return (row >> (4 - Math.floor((x - start) / cell))) & 1 ? INK : null;
      });
    }
  }

  /** A white face: outline, brows, eyes, nose and mouth. */
  face(x: number, y: number, radius: number): void {
    this.ellipse({ x, y, radiusX: radius * 0.85, radiusY: radius }, 3);
    for (const side of [-1, 1]) {
      const eye = x + side * radius * 0.36;
      this.blot({ x: eye, y, radiusX: radius * 0.1, radiusY: radius * 0.16 });
      this.blot({ x: eye, y: y - radius * 0.32, radiusX: radius * 0.18, radiusY: 2 });
    }
    this.blot({ x, y: y + radius * 0.3, radiusX: 2, radiusY: radius * 0.08 });
    this.blot({ x, y: y + radius * 0.6, radiusX: radius * 0.25, radiusY: radius * 0.07 });
  }
}

/** Whether a pixel's centre lies in an ellipse. */
export function within({ x, y, radiusX, radiusY }: Ellipse, column: number, row: number): boolean {
  return ((column - x) / radiusX) ** 2 + ((row - y) / radiusY) ** 2 <= 1;
}

function boxOf({ x, y, radiusX, radiusY }: Ellipse): PageBox {
  const [left, top] = [Math.floor(x - radiusX), Math.floor(y - radiusY)];
  return { x: left, y: top, width: Math.ceil(2 * radiusX) + 2, height: Math.ceil(2 * radiusY) + 2 };
}
