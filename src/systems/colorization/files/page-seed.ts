import { createHash } from "node:crypto";

/**
 * The seed of a page: `sha256("{chapterId}:{pageNum}")` as one big-endian integer, modulo 2^31. The same page of the
 * same chapter is coloured with the same seed on every machine. Source: spec/colorization.md section 3.
 */
export function pageSeed(chapterId: string, pageNum: number): number {
  const digest = createHash("sha256").update(`${chapterId}:${pageNum}`, "utf8").digest();
  // a power of two: what counts are the last 31 bits
  return digest.readUInt32BE(digest.length - 4) & 0x7fff_ffff;
}
