import { expect, test } from "vitest";
import { finishHash, mixBlock } from "./murmur-hash.ts";

test.each([
  [[], 0, 0],
  [[], 1, 0x514e28b7],
  [[], 0xffffffff, 0x81f16f39],
  [[0xffffffff], 0, 0x76293b50],
  [[0x87654321], 0, 0xf55b516b],
  [[0x87654321], 0x5082edee, 0x2362f9de],
  [[0], 0, 0x2362f9de],
  [[0x61616161], 0x9747b28c, 0x5a97808a],
])("blocks %j with seed %i hash as MurmurHash3_x86_32 has them", (blocks, seed, hash) => {
  expect(finishHash(blocks.reduce(mixBlock, seed), 4 * blocks.length)).toBe(hash);
});
