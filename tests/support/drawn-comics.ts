import type { Picture } from "../../src/algorithms/image/picture.ts";
import { DrawnPage } from "../../src/algorithms/page/testing.ts";

type Colour = readonly [number, number, number];

const WHITE: Colour = [255, 255, 255];
const INK: Colour = [20, 20, 20];
const SKIN: Colour = [240, 200, 170];
const COAT: Colour = [40, 90, 180];
const GRASS: Colour = [90, 170, 80];

/** A comic page of one panel: a figure with a coat on grass, and a balloon with three rows of strokes. */
export function comicPage(width = 240, height = 320): Picture {
  const picture: Picture = { width, height, data: new Uint8Array(width * height * 3).fill(255) };
  fill(picture, INK, (x, y) => x >= 10 && x < width - 10 && y >= 10 && y < height - 10);
  fill(picture, [200, 225, 245], (x, y) => x >= 13 && x < width - 13 && y >= 13 && y < height - 13);
  fill(picture, GRASS, (x, y) => x >= 13 && x < width - 13 && y >= height * 0.75 && y < height - 13);
  disc(picture, width * 0.5, height * 0.62, width * 0.2, COAT);
  disc(picture, width * 0.5, height * 0.4, width * 0.11, SKIN);
  balloon(picture, width * 0.3, height * 0.17);
  return picture;
}

/** The same without its colours. */
export function grayPage(page: Picture = comicPage()): Picture {
  const data = new Uint8Array(page.data.length);
  for (let at = 0; at < data.length; at += 3) {
    const light = 0.299 * page.data[at]! + 0.587 * page.data[at + 1]! + 0.114 * page.data[at + 2]!;
    data.fill(Math.round(light), at, at + 3);
  }
  return { ...page, data };
}

/** A gray page of the same figure with a balloon that can be read: the first pass finds it. */
export function balloonPage(): Picture {
  const page = new DrawnPage(240, 320);
  page.frame({ x: 10, y: 10, width: 220, height: 300 }, 3);
  page.paint({ x: 13, y: 240, width: 214, height: 67 }, () => 140);
  const figure = { x: 120, y: 200, radiusX: 48, radiusY: 48 };
  page.paint({ x: 60, y: 140, width: 120, height: 120 }, (x, y) => {
    const distance = Math.hypot(x - figure.x, y - figure.y);
    if (distance > 50) return null;
    return distance > 48 ? 20 : 95;
  });
  page.ellipse({ x: 110, y: 65, radiusX: 62, radiusY: 34 }, 3);
  page.write("NO!", 110, 65, 2);
  return page.picture();
}

function balloon(picture: Picture, cx: number, cy: number): void {
  disc(picture, cx, cy, 34, WHITE);
  for (let row = 0; row < 3; row++)
    for (let letter = 0; letter < 6; letter++) {
      const left = Math.round(cx - 24 + letter * 8);
      const top = Math.round(cy - 14 + row * 11);
      fill(picture, INK, (x, y) => x >= left && x < left + 2 && y >= top && y < top + 7);
      fill(picture, INK, (x, y) => x >= left && x < left + 5 && y >= top && y < top + 2);
    }
}

/** With an outline of ink. */
function disc(picture: Picture, cx: number, cy: number, radius: number, colour: Colour): void {
  fill(picture, INK, (x, y) => Math.hypot(x - cx, y - cy) < radius + 2);
  fill(picture, colour, (x, y) => Math.hypot(x - cx, y - cy) < radius);
}

function fill(
  { width, height, data }: Picture,
  colour: Colour,
  inside: (x: number, y: number) => boolean,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (inside(x, y)) data.set(colour, 3 * (y * width + x));
}
