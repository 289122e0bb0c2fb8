import type { Picture } from "../../algorithms/image/picture.ts";

type Colour = readonly [red: number, green: number, blue: number];

const WIDTH = 480;
const HEIGHT = 640;
const INK: Colour = [20, 20, 20];
const WHITE: Colour = [255, 255, 255];
const FRAME = { left: 24, top: 24, right: WIDTH - 24, bottom: HEIGHT - 24 };
const GROUND = HEIGHT * 0.74;

/** A figure: where its feet's middle is, and how large it is drawn. */
interface Figure {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The coloured picture that the page takes its colours from: the figure alone under the sun. `[640, 480, 3]` */
export function drawReference(): Picture {
  return drawScene({ x: WIDTH * 0.45, y: HEIGHT * 0.84, size: 1 }, null);
}

/** A page of the same figure elsewhere and smaller, with a balloon, without colour. `[640, 480, 3]` */
export function drawGrayPage(): Picture {
  const page = drawScene(
    { x: WIDTH * 0.6, y: HEIGHT * 0.86, size: 0.85 },
    { x: WIDTH * 0.3, y: HEIGHT * 0.2 },
  );
  for (let at = 0; at < page.data.length; at += 3) {
    const light = 0.299 * page.data[at]! + 0.587 * page.data[at + 1]! + 0.114 * page.data[at + 2]!;
    page.data.fill(Math.round(light), at, at + 3);
  }
  return page;
}

function drawScene(figure: Figure, balloon: { readonly x: number; readonly y: number } | null): Picture {
  const scene: Picture = { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 3).fill(255) };
  const inside = (x: number, y: number) =>
    x >= FRAME.left && x < FRAME.right && y >= FRAME.top && y < FRAME.bottom;
  shape(scene, [168, 206, 240], inside, 4);
  shape(scene, [96, 168, 82], (x, y) => inside(x, y) && y > GROUND + 8 * Math.sin(x / 40), 3);
  drawFigure(scene, figure);
  if (balloon !== null) drawBalloon(scene, balloon);
  return scene;
}

/** Trousers, a coat, a face and hair, one over the other. */
function drawFigure(scene: Picture, { x, y, size }: Figure): void {
  const part = (colour: Colour, covers: (u: number, v: number) => boolean) =>
    shape(scene, colour, (px, py) => covers((px - x) / size, (py - y) / size), 3);
  part([70, 62, 96], (u, v) => Math.abs(Math.abs(u) - 26) < 20 && v > -120 && v < 0);
  part([196, 52, 56], (u, v) => Math.abs(u) < 56 - (v + 100) * -0.12 && v > -270 && v < -90);
  part([242, 204, 174], (u, v) => Math.hypot(u, v + 318) < 52);
  part([92, 56, 34], (u, v) => Math.hypot(u, v + 330) < 62 && v + 330 < 0.25 * u - 14);
}

/** White, with three rows of strokes for letters. */
function drawBalloon(scene: Picture, { x, y }: { readonly x: number; readonly y: number }): void {
  shape(scene, WHITE, (px, py) => Math.hypot((px - x) / 92, (py - y) / 62) < 1, 3);
  for (let row = 0; row < 3; row++)
    for (let letter = 0; letter < 8; letter++) {
      const left = Math.round(x - 60 + letter * 15);
      const top = Math.round(y - 29 + row * 21);
      fill(scene, INK, (px, py) => within(px - left, 3) && within(py - top, 14));
      fill(scene, INK, (px, py) => within(px - left, 10) && within(py - top - 7 * (letter % 3), 3));
    }
}

function within(distance: number, length: number): boolean {
  return distance >= 0 && distance < length;
}

/** With an outline of ink, `thick` pixels inside of it. */
function shape(
  scene: Picture,
  colour: Colour,
  covers: (x: number, y: number) => boolean,
  thick: number,
): void {
  const atEdge = (x: number, y: number) =>
    !(covers(x - thick, y) && covers(x + thick, y) && covers(x, y - thick) && covers(x, y + thick));
  fill(scene, colour, covers);
  fill(scene, INK, (x, y) => covers(x, y) && atEdge(x, y));
}

function fill(
  { width, height, data }: Picture,
  colour: Colour,
  covers: (x: number, y: number) => boolean,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (covers(x, y)) data.set(colour, 3 * (y * width + x));
}
