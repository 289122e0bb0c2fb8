import type { Picture } from "../picture.ts";

/**
 * A new picture of the same size, turned about the middle; what comes from outside is black. Bilinear, as Pillow's and
 * torchvision's `rotate(..., BILINEAR)`: torchvision's default, the nearest pixel, tears thin lines apart.
 * @param degrees counter-clockwise
 */
export function rotate({ width, height, data }: Picture, degrees: number): Picture {
  const radians = (degrees * Math.PI) / 180;
  // Quarter turns come out exact, as Pillow sees to it too.
  const cos = Number(Math.cos(radians).toFixed(15));
  const sin = Number(Math.sin(radians).toFixed(15));
  const result = new Uint8Array(data.length);
  const middleX = width / 2;
  const middleY = height / 2;
  for (let y = 0, target = 0; y < height; y++) {
    const v = y + 0.5 - middleY;
    for (let x = 0; x < width; x++, target += 3) {
      const u = x + 0.5 - middleX;
      const sourceX = cos * u - sin * v + middleX;
      const sourceY = sin * u + cos * v + middleY;
      if (sourceX < 0 || sourceY < 0 || sourceX >= width || sourceY >= height) continue;
      const left = Math.floor(sourceX - 0.5);
      const top = Math.floor(sourceY - 0.5);
      const dx = sourceX - 0.5 - left;
      const dy = sourceY - 0.5 - top;
      const x0 = left < 0 ? 0 : left;
      const x1 = left + 1 < width ? left + 1 : width - 1;
      const y0 = (top < 0 ? 0 : top) * width;
      const y1 = (top + 1 < height ? top + 1 : height - 1) * width;
      const a = 3 * (y0 + x0);
      const b = 3 * (y0 + x1);
      const c = 3 * (y1 + x0);
      const d = 3 * (y1 + x1);
      for (let channel = 0; channel < 3; channel++) {
        const upper = data[a + channel]! * (1 - dx) + data[b + channel]! * dx;
        const lower = data[c + channel]! * (1 - dx) + data[d + channel]! * dx;
        result[target + channel] = upper * (1 - dy) + lower * dy;
      }
    }
  }
  return { width, height, data: result };
}
