import { describe, expect, it } from "vitest";
import { heatmapBytes } from "./heatmap-bytes.ts";

const ramp = { width: 101, height: 1, data: Float32Array.from({ length: 101 }, (_, index) => index) };

describe("heatmapBytes", () => {
  it("stretches between the 1st and 99th percentile and says which distances 0 and 255 are", () => {
    const { data, scale } = heatmapBytes(ramp, null);
    expect(scale).toEqual({ low: 1, high: 99 });
    expect([data[0], data[1], data[50], data[99], data[100]]).toEqual([0, 0, 128, 255, 255]);
  });

  it("is 0 outside the mask and stretches by the inside alone", () => {
    const mask = { width: 101, height: 1, data: new Uint8Array(101).fill(1, 0, 51) };
    const { data, scale } = heatmapBytes(ramp, mask);
    expect(scale).toEqual({ low: 0.5, high: 49.5 });
    expect([data[25], data[50], data[51], data[100]]).toEqual([128, 255, 0, 0]);
  });

  it("keeps a fixed scale, so that pictures compare", () => {
    const { data, scale } = heatmapBytes(ramp, null, { low: 0, high: 200 });
    expect(scale).toEqual({ low: 0, high: 200 });
    expect(data[100]).toBe(128);
  });

  it("is black for a flat heat and for an empty mask", () => {
    const flat = { width: 2, height: 1, data: Float32Array.of(4, 4) };
    expect([...heatmapBytes(flat, null).data]).toEqual([0, 0]);
    expect(heatmapBytes(flat, { width: 2, height: 1, data: new Uint8Array(2) }).scale).toEqual({
      low: 0,
      high: 0,
    });
  });
});
