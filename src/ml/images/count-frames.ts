import { reader } from "./sharp-engine.ts";

const PNG_START = 8;
const PNG_CHUNK = 12;

/**
 * How many pictures a file holds, of which `decodePicture` takes the first: the frames of an animated gif, webp or png,
 * the pages of a tiff. 1 for what cannot be read, which the decoder says. Only headers are read.
 */
export async function countFrames(bytes: Uint8Array): Promise<number> {
  const animated = framesOfPng(bytes);
  if (animated !== null) return animated;
  try {
    return (await reader(bytes).metadata()).pages ?? 1;
  } catch {
    return 1;
  }
}

/** libvips knows no animated PNG. Null for other formats. Source: W3C, PNG (third edition), section 11.3.6, `acTL`. */
function framesOfPng(bytes: Uint8Array): number | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.toString("latin1", 1, 4) !== "PNG") return null;
  for (let at = PNG_START; at + PNG_CHUNK <= view.length; ) {
    const kind = view.toString("latin1", at + 4, at + 8);
    if (kind === "acTL" && at + 12 <= view.length) return Math.max(1, view.readUInt32BE(at + 8));
    if (kind === "IDAT") return 1;
    at += PNG_CHUNK + view.readUInt32BE(at);
  }
  return 1;
}
