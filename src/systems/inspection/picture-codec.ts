import type { HeatmapBytes } from "../../algorithms/image/heatmap-bytes.ts";
import type { Picture } from "../../algorithms/image/picture.ts";

/** Pictures as files: what inspection needs of `ml/images`. */
export interface PictureCodec {
  /**
   * Decodes a picture and does the work on it; both wait while other pictures in work have too many pixels.
   * @throws QuatrainError `empty_file`, `undecodable_image` or `image_too_large` (400)
   */
  withDecoded<Result>(bytes: Uint8Array, work: (picture: Picture) => Promise<Result>): Promise<Result>;
  /** The file's format by its content: `png`, `jpeg`, `bmp` ... @throws as `withDecoded` */
  formatOf(bytes: Uint8Array): Promise<string>;
  /** An 8-bit gray PNG. */
  encodeGray(gray: Pick<HeatmapBytes, "width" | "height" | "data">): Promise<Buffer>;
  /** An 8-bit RGB PNG, shrunk where its longer side has more pixels. */
  encodeColour(picture: Picture, longestSide: number): Promise<Buffer>;
}
