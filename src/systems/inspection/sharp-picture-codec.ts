import { decodePicture, probePicture } from "../../ml/images/decode-picture.ts";
import { encodePng, resizePicture } from "../../ml/images/edit-picture.ts";
import type { PictureCodec } from "./picture-codec.ts";
import { PixelGate } from "./pixel-gate.ts";

/** An inspection takes some 25 bytes per pixel of the crop, so that pictures in work stay below 2 GB together. */
const MAX_PIXELS_IN_WORK = 64_000_000;

/** The codec over `ml/images`, within the server's limits. */
export function sharpPictureCodec(limits: {
  readonly maxBytes: number;
  readonly maxPixels: number;
}): PictureCodec {
  const gate = new PixelGate(MAX_PIXELS_IN_WORK);
  return {
    async withDecoded(bytes, work) {
      const { width, height } = await probePicture(bytes);
      const pixels = Math.min(width * height, limits.maxPixels); // larger ones are refused undecoded
      return gate.pass(pixels, async () => work(await decodePicture(bytes, limits)));
    },
    formatOf: async (bytes) => (await probePicture(bytes)).format,
    encodeGray: async (gray) => Buffer.from(await encodePng(gray, 1)),
    async encodeColour(picture, longestSide) {
      const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
      const side = (length: number) => Math.max(1, Math.round(scale * length));
      const size = { width: side(picture.width), height: side(picture.height) };
      return Buffer.from(await encodePng(scale === 1 ? picture : await resizePicture(picture, size), 3));
    },
  };
}
