import { expect, test } from "vitest";
import { inSharedMemory } from "./shared-memory.ts";

const plane = Uint8Array.from({ length: 2 ** 16 }, (_, at) => at % 251);

test("large typed arrays move to shared memory with what they hold, whatever lies around them", () => {
  const words = Float32Array.from({ length: 2 ** 14 }, (_, at) => at / 7);
  const indices = Int32Array.from({ length: 2 ** 14 }, (_, at) => -at);
  const value = { width: 256, mask: { data: plane }, all: [{ words, indices }], none: null, name: "page" };
  const shared = inSharedMemory(value);
  expect(shared).toEqual(value);
  for (const moved of [shared.mask.data, shared.all[0]?.words, shared.all[0]?.indices])
    expect(moved?.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("of a part of a buffer only that part moves", () => {
  const whole = new Uint8Array(2 ** 18).fill(3);
  const shared = inSharedMemory(whole.subarray(100, 100 + 2 ** 16));
  expect(shared.buffer.byteLength).toBe(2 ** 16);
  expect(shared.every((byte) => byte === 3)).toBe(true);
});

test("what is small, or there already, stays where it is", () => {
  const small = new Uint8Array(100);
  expect(inSharedMemory({ small }).small).toBe(small);
  const shared = inSharedMemory(plane);
  expect(inSharedMemory({ shared }).shared).toBe(shared);
});
