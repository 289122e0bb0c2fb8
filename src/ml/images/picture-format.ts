/** Formats that are read, by their first bytes; file names are not believed. */
export type PictureFormat = "png" | "jpeg" | "bmp" | "webp" | "tiff" | "gif";

const SIGNATURES: readonly (readonly [PictureFormat, RegExp])[] = [
  ["png", /^\x89PNG\r\n/],
  ["jpeg", /^\xff\xd8\xff/],
  ["bmp", /^BM/],
  ["webp", /^RIFF....WEBP/s],
  ["tiff", /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/],
  ["gif", /^GIF8[79]a/],
];

/** The format of a file, or null when it is none of ours. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  return SIGNATURES.find(([, signature]) => signature.test(start))?.[0] ?? null;
}
