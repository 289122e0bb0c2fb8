import { type HeatmapScale, heatmapBytes } from "../../../algorithms/image/heatmap-bytes.ts";
import type { Mask, Picture, Plane } from "../../../algorithms/image/picture.ts";
import type { Inference } from "../actions/infer-roi.ts";
import type { PictureDrawer } from "../drawing/drawing-thread.ts";
import type { PictureCodec } from "../picture-codec.ts";
import type { EncodedHeatmap, EncodedPictures } from "../present.ts";
import type { Label } from "../roi.ts";

type Wish = "always" | "never" | "when-ng";

/** Which pictures a client wants, as the contract's fields say it. */
export interface PictureWishes {
  readonly include_heatmap?: Wish;
  readonly heatmap_scale?: ScaleWish;
  readonly include_overlay?: Wish;
  readonly include_contours?: Wish;
}

type ScaleWish =
  | { readonly kind: "stretched" }
  | { readonly kind: "threshold" }
  | { readonly kind: "fixed"; readonly low: number; readonly high: number };

export interface DrawingDeps {
  readonly pictures: PictureCodec;
  readonly drawer: PictureDrawer;
}

/** Drawn pictures are for eyes; a hundred megapixels of them would be a message of some hundred megabytes. */
const LARGEST_SIDE = 2_048;

/** The heatmap as clients know it: a gray PNG of the crop's size, stretched p1..p99, 0 outside the mask. */
export async function encodeHeatmap(
  pictures: PictureCodec,
  heat: Plane,
  mask: Mask | null,
  scale?: HeatmapScale,
): Promise<EncodedHeatmap> {
  const gray = heatmapBytes(heat, mask, scale);
  return { base64: (await pictures.encodeGray(gray)).toString("base64"), scale: gray.scale };
}

/** The pictures that are wanted of an inference. Overlays are drawn in a thread of their own. */
export async function encodePictures(
  { pictures, drawer }: DrawingDeps,
  wishes: PictureWishes,
  inference: Inference,
  picture: Picture,
): Promise<EncodedPictures> {
  const { heat, mask, decision, regions, calibration } = inference;
  const threshold = calibration?.threshold ?? null;
  const wants = (wish: Wish) => wanted(wish, decision);
  const contours = regions.map(({ contour }) => contour);
  const draw = async (withHeat: boolean) => {
    const scale = overlayScale(wishes.heatmap_scale, threshold) ?? heatmapBytes(heat, mask).scale;
    const findings = { heat: withHeat ? { plane: heat, scale } : null, mask, threshold, contours };
    const drawn = await drawer.draw(picture, findings);
    return (await pictures.encodeColour(drawn, LARGEST_SIDE)).toString("base64");
  };
  return {
    heatmap: wants(wishes.include_heatmap ?? "always")
      ? await encodeHeatmap(pictures, heat, mask, fixedScale(wishes.heatmap_scale, threshold))
      : null,
    overlayBase64: wants(wishes.include_overlay ?? "never") ? await draw(true) : null,
    contoursBase64: wants(wishes.include_contours ?? "never") ? await draw(false) : null,
    warnings:
      wishes.heatmap_scale?.kind === "threshold" && threshold === null
        ? ["heatmap_scale=threshold needs a calibration: the heatmap is stretched to its own range"]
        : [],
  };
}

function wanted(wish: Wish, decision: Label | null): boolean {
  return wish === "always" || (wish === "when-ng" && decision === "ng");
}

function fixedScale(wish: ScaleWish | undefined, threshold: number | null): HeatmapScale | undefined {
  if (wish?.kind === "fixed") return { low: wish.low, high: wish.high };
  if (wish?.kind === "threshold" && threshold !== null) return { low: 0, high: 2 * threshold };
  return undefined;
}

/** Overlays of one model look alike: about its threshold, unless another scale was asked for. */
function overlayScale(wish: ScaleWish | undefined, threshold: number | null): HeatmapScale | undefined {
  return fixedScale(wish, threshold) ?? (threshold === null ? undefined : { low: 0, high: 2 * threshold });
}
