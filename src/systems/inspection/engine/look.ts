import type { Picture } from "../../../algorithms/image/picture.ts";
import type { Tensor } from "../../../graph/index.ts";
import type { Fb98Options } from "../../../ml/backbones/fb98/grids.ts";
import { resizePicture } from "../../../ml/images/edit-picture.ts";
import type { FitSettings } from "./port.ts";
import type { Recipe } from "./recipe.ts";
import { presetOf, type Size, workingSize } from "./working-size.ts";

/** A picture as the engine looks at it. */
export interface Look {
  readonly size: Size;
  readonly options: Fb98Options;
  /** The middle scale, at which the heat is blurred: 224 on the longer side, times the detail. */
  readonly middle: Size;
  /** `[height, width, 3]` uint8 at `size`. */
  readonly tensor: Tensor;
  /** Says what a graph for such looks depends on. */
  readonly key: string;
}

/** @throws QuatrainError `image_too_small` (400), `token_grid_mismatch` (400) for an unknown engine id. */
export async function lookAt(
  picture: Picture,
  { engineId, ridge, detail = 1 }: FitSettings,
  { border, grids }: Recipe,
): Promise<Look> {
  const preset = presetOf(engineId);
  const size = workingSize(picture, { ...preset, longSide: detail * preset.longSide });
  const fits = size.width === picture.width && size.height === picture.height;
  const { data } = fits ? picture : await resizePicture(picture, size);
  const shrink = preset.single ? 1 : 2;
  return {
    size,
    options: { single: preset.single, ridge, border, grids },
    middle: { width: size.width / shrink, height: size.height / shrink },
    tensor: { type: "uint8", shape: [size.height, size.width, 3], data },
    key: `${preset.engineId} ${ridge} ${grids ?? "all"} ${size.width}x${size.height}`,
  };
}
