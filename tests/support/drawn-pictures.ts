import { type DefectKind, drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";

const drawn = new Map<string, Promise<Blob>>();

/** A drawn brake disc as a PNG; small, so that a suite stays fast. Drawn once per process. */
export function discPng(seed: number, defect?: DefectKind, size = 160): Promise<Blob> {
  const name = `${seed}/${defect}/${size}`;
  const found = drawn.get(name) ?? pngOf(drawDisc(seed, { defect, size }).picture);
  drawn.set(name, found);
  return found;
}

export async function pngOf(picture: Picture): Promise<Blob> {
  return new Blob([new Uint8Array(await encodePng(picture, 3))], { type: "image/png" });
}

/** A picture of one colour. */
export function plainPicture(width: number, height: number, value = 128): Picture {
  return { width, height, data: new Uint8Array(width * height * 3).fill(value) };
}
