import sharp, { type Sharp, type SharpInput, type SharpOptions } from "sharp";

// One libvips thread per picture (several pictures are decoded at once anyway) and no cache of old pictures.
sharp.concurrency(1);
sharp.cache(false);
// Loaders that nobody asked for (SVG, PDF, camera formats) are closed: fewer parsers for strangers' bytes.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadTiffBuffer",
    "VipsForeignLoadNsgifBuffer",
  ],
});

/** A decoder that works longer than this on one picture is given up. */
const TIMEOUT_SECONDS = 30;

/** Bytes to read; truncated and damaged files fail. */
export function reader(bytes: Uint8Array): Sharp {
  // Our own limits are checked on the header first; sharp's would refuse even to read it.
  return open(bytes, { failOn: "error", limitInputPixels: false });
}

/** Raw 8 bit samples: `[height, width, channels]` row-major. */
export function rawSamples(data: Uint8Array, width: number, height: number, channels: 1 | 3 | 4): Sharp {
  return open(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** The samples as they come out at the end: 8 bit, row-major. */
export async function samplesOf(image: Sharp) {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const samples = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { data: samples, width: info.width, height: info.height, channels: info.channels };
}

function open(input: SharpInput, options: SharpOptions): Sharp {
  return sharp(input, options).timeout({ seconds: TIMEOUT_SECONDS });
}
