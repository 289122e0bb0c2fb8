import { setImmediate } from "node:timers/promises";
import type { Picture } from "../../algorithms/image/picture.ts";
import type { BmpHeader, ChannelMasks } from "./bmp-header.ts";
import { undecodable } from "./picture-errors.ts";

/** Writes one row of `[width, 3]` RGB to `target` from the row that begins at `source`. */
type RowReader = (source: number, target: number) => void;

/** Pixels after which other work gets its turn: a few milliseconds. */
const PIXELS_PER_TURN = 2 ** 20;

/**
 * Decodes an uncompressed BMP (which libvips does not read): 1, 4, 8, 16, 24 and 32 bits per pixel, bit fields,
 * bottom-up and top-down. A fourth channel is dropped. Linear in the pixels.
 * @throws QuatrainError `undecodable_image` (400)
 */
export async function decodeBmp(bytes: Uint8Array, header: BmpHeader): Promise<Picture> {
  const { width, height } = header;
  const data = new Uint8Array(width * height * 3);
  const readRow = rowReader(bytes, header, data);
  const rowsPerTurn = Math.ceil(PIXELS_PER_TURN / width);
  for (let row = 0; row < height; row++) {
    const stored = header.topDown ? row : height - 1 - row;
    readRow(header.pixelOffset + stored * header.stride, row * width * 3);
    if ((row + 1) % rowsPerTurn === 0) await setImmediate();
  }
  return { width, height, data };
}

function rowReader(bytes: Uint8Array, header: BmpHeader, data: Uint8Array): RowReader {
  if (header.masks !== null) return maskedRow(bytes, header, header.masks, data);
  return header.bitsPerPixel === 24 ? plainRow(bytes, header, data) : indexedRow(bytes, header, data);
}

function plainRow(bytes: Uint8Array, { width }: BmpHeader, data: Uint8Array): RowReader {
  return (source, target) => {
    for (let at = 0; at < 3 * width; at += 3) {
      data[target + at] = bytes[source + at + 2] ?? 0;
      data[target + at + 1] = bytes[source + at + 1] ?? 0;
      data[target + at + 2] = bytes[source + at] ?? 0;
    }
  };
}

function indexedRow(bytes: Uint8Array, header: BmpHeader, data: Uint8Array): RowReader {
  const { width, bitsPerPixel, palette } = header;
  const perByte = 8 / bitsPerPixel;
  const mask = 2 ** bitsPerPixel - 1;
  return (source, target) => {
    for (let x = 0; x < width; x++) {
      const byte = bytes[source + Math.floor(x / perByte)] ?? 0;
      const colour = (byte >> (bitsPerPixel * (perByte - 1 - (x % perByte)))) & mask;
      if (3 * colour >= palette.length)
        throw undecodable("its BMP pixels use colours beyond the colour table");
      for (let channel = 0; channel < 3; channel++)
        data[target + 3 * x + channel] = palette[3 * colour + channel] ?? 0;
    }
  };
}

function maskedRow(bytes: Uint8Array, header: BmpHeader, masks: ChannelMasks, data: Uint8Array): RowReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = header.bitsPerPixel === 32;
  const [red, green, blue] = [channel(masks.red), channel(masks.green), channel(masks.blue)];
  return (source, target) => {
    for (let x = 0; x < header.width; x++) {
      const pixel = wide ? view.getUint32(source + 4 * x, true) : view.getUint16(source + 2 * x, true);
      data[target + 3 * x] = red(pixel);
      data[target + 3 * x + 1] = green(pixel);
      data[target + 3 * x + 2] = blue(pixel);
    }
  };
}

/** The masked bits, scaled to 0..255. */
function channel(mask: number): (pixel: number) => number {
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}
