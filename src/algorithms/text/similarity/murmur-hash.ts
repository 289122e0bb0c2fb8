/** One 32-bit block taken into a running hash. Source: MurmurHash3_x86_32 (Austin Appleby, public domain), body. */
export function mixBlock(hash: number, block: number): number {
  let key = Math.imul(block, 0xcc9e2d51);
  key = (key << 15) | (key >>> 17);
  const mixed = hash ^ Math.imul(key, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** The hash after its last block, 0..2^32-1. Source: MurmurHash3_x86_32, finalizer. */
export function finishHash(hash: number, bytes: number): number {
  let mixed = hash ^ bytes;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
