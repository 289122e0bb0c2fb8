import { decodePicture, probePicture } from "../../ml/images/decode-picture.ts";
import { encodePng } from "../../ml/images/edit-picture.ts";
import type { PictureCodec } from "./picture-codec.ts";

/** The codec over `ml/images`, within the server's limits. */
export function sharpPictureCodec(limits: {
  readonly maxBytes: number;
  readonly maxPixels: number;
}): PictureCodec {
  return {
    decode: (bytes) => decodePicture(bytes, limits),
    formatOf: async (bytes) => (await probePicture(bytes)).format,
    encodeGray: async (gray) => Buffer.from(await encodePng(gray, 1)),
  };
}
