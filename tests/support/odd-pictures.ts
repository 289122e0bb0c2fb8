import { crc32 } from "node:zlib";
import sharp from "sharp";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";

/** Files of pictures that scanners and strangers send. */

const samplesOf = ({ data, width, height }: Picture) =>
  sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });

/** Two frames. */
export async function animation(format: "gif" | "webp", { width, height }: Picture): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  const both = sharp(await Promise.all([frame("#204060"), frame("#c0a080")]), { join: { animated: true } });
  return (format === "gif" ? both.gif() : both.webp()).toBuffer();
}

/** A PNG that says that it is animated, with as many frames. Source: W3C, PNG (third edition), section 11.3.6. */
export async function animatedPng(picture: Picture, frames = 2): Promise<Buffer> {
  const png = Buffer.from(await encodePng(picture));
  const endOfHeader = 8 + 12 + 13;
  const content = Buffer.alloc(12);
  content.write("acTL", 0, "latin1");
  content.writeUInt32BE(frames, 4);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(8);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([png.subarray(0, endOfHeader), length, content, checksum, png.subarray(endOfHeader)]);
}

export function cmykJpeg(picture: Picture): Promise<Buffer> {
  return samplesOf(picture).toColourspace("cmyk").jpeg({ quality: 90 }).toBuffer();
}

export function jpeg(picture: Picture): Promise<Buffer> {
  return samplesOf(picture).jpeg({ quality: 90 }).toBuffer();
}

/** Of 16 bits a channel. */
export function deepPng(picture: Picture): Promise<Buffer> {
  return samplesOf(picture).toColourspace("rgb16").png().toBuffer();
}
