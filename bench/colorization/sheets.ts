import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { resample } from "../../src/algorithms/image/resample.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";

const GAP = 12;

/** Writes pictures side by side, all as high as the first, as `<folder>/<name>.png`. */
export async function writeSheet(folder: string, name: string, pictures: readonly Picture[]): Promise<void> {
  const height = pictures[0]?.height ?? 1;
  const shown = pictures.map((picture) =>
    resample(picture, { width: Math.max(1, Math.round((picture.width * height) / picture.height)), height }),
  );
  const width = shown.reduce((sum, picture) => sum + picture.width + GAP, -GAP);
  const data = new Uint8Array(3 * width * height).fill(255);
  let left = 0;
  for (const picture of shown) {
    for (let y = 0; y < height; y++)
      data.set(
        picture.data.subarray(3 * y * picture.width, 3 * (y + 1) * picture.width),
        3 * (y * width + left),
      );
    left += picture.width + GAP;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), await encodePng({ width, height, data }));
}
