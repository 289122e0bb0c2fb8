import { undecodable } from "./picture-errors.ts";

/** Where the bits of each colour lie in a 16 or 32 bit pixel. */
export interface ChannelMasks {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** The header of a BMP file, checked. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bitsPerPixel: number;
  /** Bytes from one row to the next; rows are padded to four bytes. */
  readonly stride: number;
  /** Where the pixels begin. */
  readonly pixelOffset: number;
  /** Colour table as [red, green, blue] bytes; empty above 8 bits per pixel. */
  readonly palette: Uint8Array;
  /** For 16 and 32 bits per pixel. */
  readonly masks: ChannelMasks | null;
}

const FILE_HEADER_BYTES = 14;
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;
const UNCOMPRESSED = 0;
const BITFIELDS = [3, 6];
const COMPRESSIONS: Readonly<Record<number, string>> = { 1: "RLE8", 2: "RLE4", 4: "JPEG", 5: "PNG" };

/**
 * Reads the header and the colour table. Source: Microsoft, "Bitmap Storage" and BITMAPV5HEADER.
 * @throws QuatrainError `undecodable_image` (400)
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < FILE_HEADER_BYTES + CORE_HEADER_BYTES)
    throw undecodable("the BMP file is truncated");
  const headerBytes = view.getUint32(14, true);
  if (headerBytes !== CORE_HEADER_BYTES && (headerBytes < INFO_HEADER_BYTES || headerBytes > 124))
    throw undecodable(`its BMP header has a size of ${headerBytes}, which no version of BMP has`);
  if (bytes.byteLength < FILE_HEADER_BYTES + headerBytes) throw undecodable("the BMP file is truncated");
  return headerBytes === CORE_HEADER_BYTES ? coreHeader(view) : infoHeader(view, headerBytes);
}

function coreHeader(view: DataView): BmpHeader {
  const size = sizeOf(view.getUint16(18, true), view.getUint16(20, true));
  const bitsPerPixel = depthOf(view.getUint16(24, true), [1, 4, 8, 24]);
  const colours = bitsPerPixel <= 8 ? 2 ** bitsPerPixel : 0;
  const palette = readPalette(view, FILE_HEADER_BYTES + CORE_HEADER_BYTES, colours, 3);
  return complete(view, { ...size, bitsPerPixel, palette, masks: null });
}

function infoHeader(view: DataView, headerBytes: number): BmpHeader {
  const size = sizeOf(view.getInt32(18, true), view.getInt32(22, true));
  const bitsPerPixel = depthOf(view.getUint16(28, true), [1, 4, 8, 16, 24, 32]);
  const compression = view.getUint32(30, true);
  const wide = bitsPerPixel === 16 || bitsPerPixel === 32;
  const fields = BITFIELDS.includes(compression) && wide;
  if (compression !== UNCOMPRESSED && !fields)
    throw undecodable(
      `it is a BMP compressed with ${COMPRESSIONS[compression] ?? `method ${compression}`}: save it uncompressed, or as PNG`,
    );
  const used = view.getUint32(46, true);
  const colours = bitsPerPixel > 8 ? 0 : used === 0 ? 2 ** bitsPerPixel : used;
  if (bitsPerPixel <= 8 && colours > 2 ** bitsPerPixel)
    throw undecodable(`its BMP colour table has ${used} colours`);
  const palette = readPalette(view, FILE_HEADER_BYTES + headerBytes, colours, 4);
  return complete(view, {
    ...size,
    bitsPerPixel,
    palette,
    masks: wide ? masksOf(view, bitsPerPixel, fields) : null,
  });
}

/** The masks follow the 40 bytes of the oldest header, where newer headers have them as fields. */
function masksOf(view: DataView, bitsPerPixel: number, fields: boolean): ChannelMasks {
  if (!fields)
    return bitsPerPixel === 16
      ? { red: 0x7c00, green: 0x03e0, blue: 0x001f }
      : { red: 0xff0000, green: 0xff00, blue: 0xff };
  const start = FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  if (view.byteLength < start + 12) throw undecodable("the BMP file is truncated");
  const [red, green, blue] = [0, 4, 8].map((offset) => view.getUint32(start + offset, true));
  if (!isRun(red) || !isRun(green) || !isRun(blue) || ((red & green) | (red & blue) | (green & blue)) !== 0)
    throw undecodable("its BMP colour masks overlap, have gaps or are empty");
  return { red, green, blue };
}

/** Whether the set bits of a mask are neighbours. */
function isRun(mask: number | undefined): mask is number {
  return mask !== undefined && /^1+0*$/.test(mask.toString(2));
}

function sizeOf(width: number, signedHeight: number) {
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw undecodable(`its BMP header says ${width} x ${signedHeight} pixels`);
  return { width, height, topDown: signedHeight < 0 };
}

function depthOf(bitsPerPixel: number, known: readonly number[]): number {
  if (!known.includes(bitsPerPixel)) throw undecodable(`it is a BMP of ${bitsPerPixel} bits per pixel`);
  return bitsPerPixel;
}

/** Colours are stored as blue, green, red and, but for the oldest header, a filler. */
function readPalette(view: DataView, offset: number, colours: number, entryBytes: number): Uint8Array {
  if (offset + colours * entryBytes > view.byteLength) throw undecodable("the BMP file is truncated");
  const palette = new Uint8Array(3 * colours);
  for (let colour = 0; colour < colours; colour++)
    for (let channel = 0; channel < 3; channel++)
      palette[3 * colour + channel] = view.getUint8(offset + colour * entryBytes + 2 - channel);
  return palette;
}

function complete(view: DataView, header: Omit<BmpHeader, "stride" | "pixelOffset">): BmpHeader {
  const stride = 4 * Math.ceil((header.width * header.bitsPerPixel) / 32);
  const pixelOffset = view.getUint32(10, true);
  if (pixelOffset + stride * header.height > view.byteLength) throw undecodable("the BMP file is truncated");
  return { ...header, stride, pixelOffset };
}
