import type { z } from "zod";
import type { Picture } from "../../algorithms/image/picture.ts";
import type { InferAnswer } from "../../contracts/inspection/index.ts";
import { decodePicture } from "../../ml/images/decode-picture.ts";
import { encodePng, overlayPicture } from "../../ml/images/edit-picture.ts";

type Inspected = Pick<
  z.infer<typeof InferAnswer>,
  "heatmap_png_base64" | "heatmap_scale" | "regions" | "threshold"
>;

const LIMITS = { maxBytes: 2 ** 30, maxPixels: 1e9 };
const CONTOUR = [255, 40, 40, 255] as const;
const MAX_OPACITY = 120;

/** The picture with its heat laid over it, strongest above the threshold, and the regions outlined: a PNG. */
export async function drawOverlay(file: Uint8Array, answer: Inspected): Promise<Uint8Array> {
  const picture = await decodePicture(file, LIMITS);
  const layer = new Uint8Array(picture.width * picture.height * 4);
  if (answer.heatmap_png_base64 !== null && answer.heatmap_scale !== null) {
    const gray = await decodePicture(Buffer.from(answer.heatmap_png_base64, "base64"), LIMITS);
    paintHeat(layer, gray, answer.heatmap_scale, answer.threshold);
  }
  for (const region of answer.regions) paintContour(layer, picture.width, picture.height, region.contour);
  return encodePng(
    await overlayPicture(picture, { width: picture.width, height: picture.height, data: layer }),
    3,
  );
}

/** Transparent at the bottom of the scale, yellow to red towards its top; what lies under the threshold stays faint. */
function paintHeat(
  layer: Uint8Array,
  gray: Picture,
  scale: { readonly min: number; readonly max: number },
  threshold: number | null,
): void {
  const span = Math.max(scale.max - scale.min, Number.EPSILON);
  const limit = threshold === null ? 0.5 : Math.max(0, (threshold - scale.min) / span);
  for (let pixel = 0; pixel < gray.width * gray.height; pixel++) {
    const heat = gray.data[pixel * 3]! / 255;
    const strength = heat >= limit ? 1 : 0.35;
    layer[pixel * 4] = 255;
    layer[pixel * 4 + 1] = Math.round(220 * (1 - heat));
    layer[pixel * 4 + 3] = Math.round(MAX_OPACITY * heat * strength);
  }
}

/** Joins the contour's corners with lines two pixels wide. */
function paintContour(
  layer: Uint8Array,
  width: number,
  height: number,
  contour: readonly (readonly number[])[],
): void {
  for (const [index, [x1 = 0, y1 = 0]] of contour.entries()) {
    const [x0 = 0, y0 = 0] = contour.at(index - 1)!;
    const steps = Math.max(1, Math.abs(x1 - x0), Math.abs(y1 - y0));
    for (let step = 0; step <= steps; step++) {
      const x = Math.round(x0 + ((x1 - x0) * step) / steps);
      const y = Math.round(y0 + ((y1 - y0) * step) / steps);
      for (const [px, py] of [
        [x, y],
        [x + 1, y],
        [x, y + 1],
      ] as const) {
        if (px >= 0 && px < width && py >= 0 && py < height) layer.set(CONTOUR, (py * width + px) * 4);
      }
    }
  }
}
