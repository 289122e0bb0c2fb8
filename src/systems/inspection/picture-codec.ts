import type { HeatmapBytes } from "../../algorithms/image/heatmap-bytes.ts";
import type { Picture } from "../../algorithms/image/picture.ts";

/** Pictures as files: what inspection needs of `ml/images`. */
export interface PictureCodec {
  /** @throws QuatrainError `empty_file`, `undecodable_image` or `image_too_large` (400) */
  decode(bytes: Uint8Array): Promise<Picture>;
  /** The file's format by its content: `png`, `jpeg`, `bmp` ... @throws as `decode` */
  formatOf(bytes: Uint8Array): Promise<string>;
  /** An 8-bit gray PNG. */
  encodeGray(gray: Pick<HeatmapBytes, "width" | "height" | "data">): Promise<Buffer>;
}
