import { heatmapBytes } from "../../../algorithms/image/heatmap-bytes.ts";
import type { Mask, Plane } from "../../../algorithms/image/picture.ts";
import type { PictureCodec } from "../picture-codec.ts";
import type { EncodedHeatmap } from "../present.ts";

/** The heatmap as clients know it: a gray PNG of the crop's size, stretched p1..p99, 0 outside the mask. */
export async function encodeHeatmap(
  pictures: PictureCodec,
  heat: Plane,
  mask: Mask | null,
): Promise<EncodedHeatmap> {
  const gray = heatmapBytes(heat, mask);
  return { base64: (await pictures.encodeGray(gray)).toString("base64"), scale: gray.scale };
}
