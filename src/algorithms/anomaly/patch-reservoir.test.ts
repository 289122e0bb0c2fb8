import { describe, expect, it } from "vitest";
import { PatchReservoir } from "./patch-reservoir.ts";
import { seededRandom } from "./seeded-random.ts";

/** Two numbers per patch, both telling which patch it is. */
const patches = (from: number, count: number) =>
  Float32Array.from({ length: 2 * count }, (_, at) => from + (at >> 1));

describe("PatchReservoir", () => {
  it("keeps everything in order while it fits", () => {
    const reservoir = new PatchReservoir(2, 5000, seededRandom(1));
    reservoir.offer(patches(0, 1500), 0);
    reservoir.offer(patches(1500, 1500), 1);
    const { count, data, sources } = reservoir.sample();
    expect(count).toBe(3000);
    expect(data).toEqual(patches(0, 3000));
    expect([sources[1499], sources[1500]]).toEqual([0, 1]);
  });

  it("keeps a uniform sample when there are more, each patch with its own source", () => {
    const reservoir = new PatchReservoir(2, 2000, seededRandom(1));
    for (let source = 0; source < 10; source++) reservoir.offer(patches(1000 * source, 1000), source);
    const { count, data, sources } = reservoir.sample();
    expect([count, reservoir.seen]).toEqual([2000, 10_000]);
    const perSource = new Array<number>(10).fill(0);
    sources.forEach((source, at) => {
      expect(Math.floor((data[2 * at] as number) / 1000)).toBe(source);
      perSource[source] = (perSource[source] ?? 0) + 1;
    });
    for (const kept of perSource) expect(Math.abs(kept - 200)).toBeLessThan(60);
    expect(new Set(data).size).toBe(2000);
  });

  it("keeps everything without a capacity", () => {
    const reservoir = new PatchReservoir(2, Number.POSITIVE_INFINITY, seededRandom(1));
    for (let source = 0; source < 40; source++) reservoir.offer(patches(0, 1000), source);
    expect(reservoir.sample().count).toBe(40_000);
  });
});
