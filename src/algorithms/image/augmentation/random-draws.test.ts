import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../anomaly/seeded-random.ts";
import { drawJitter } from "./colour-jitter.ts";
import { drawErasing, erase } from "./erasing.ts";
import { drawCrop } from "./random-crop.ts";
import { roundHalfEven } from "./round-half-even.ts";

const draws = 4000;

describe("drawCrop", () => {
  it("stays inside any picture, whatever its shape", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(),
        (width, height, seed) => {
          const crop = { scale: [0.08, 1], ratio: [0.75, 4 / 3] } as const;
          const part = drawCrop({ width, height }, crop, seededRandom(seed));
          expect(part.width).toBeGreaterThanOrEqual(1);
          expect(part.height).toBeGreaterThanOrEqual(1);
          expect(part.left).toBeGreaterThanOrEqual(0);
          expect(part.top).toBeGreaterThanOrEqual(0);
          expect(part.left + part.width).toBeLessThanOrEqual(width);
          expect(part.top + part.height).toBeLessThanOrEqual(height);
        },
      ),
    ));

  it("draws areas evenly over the range and shapes evenly in their logarithm", () => {
    const random = seededRandom(7);
    const crop = { scale: [0.1, 0.5], ratio: [0.5, 2] } as const;
    const parts = Array.from({ length: draws }, () => drawCrop({ width: 1000, height: 1000 }, crop, random));
    const areas = parts.map(({ width, height }) => (width * height) / 1_000_000);
    const shapes = parts.map(({ width, height }) => Math.log2(width / height));
    expect(Math.min(...areas)).toBeGreaterThan(0.099);
    expect(Math.max(...areas)).toBeLessThan(0.501);
    expect(mean(areas)).toBeCloseTo(0.3, 2);
    expect(mean(shapes)).toBeCloseTo(0, 1);
    expect(mean(shapes.map((shape) => shape ** 2))).toBeCloseTo(1 / 3, 1);
    // Of the places that the part can take, the middle one on average.
    expect(mean(parts.map(({ left, width }) => left / (1000 - width)))).toBeCloseTo(0.5, 1);
  });

  it("takes the middle where no drawn shape fits", () => {
    const crop = { scale: [0.9, 1], ratio: [0.75, 4 / 3] } as const;
    const wide = drawCrop({ width: 100, height: 10 }, crop, seededRandom(1));
    expect(wide).toEqual({ left: 43, top: 0, width: 13, height: 10 });
    const tall = drawCrop({ width: 10, height: 100 }, crop, seededRandom(1));
    expect(tall).toEqual({ left: 0, top: 43, width: 10, height: 13 });
  });
});

describe("drawJitter", () => {
  it("draws factors around 1, cut at 0, and turns around 0, in any order", () => {
    const random = seededRandom(3);
    const options = { brightness: 0.2, contrast: 1.5, saturation: 0.4, hue: 0.1 };
    const ranges = { brightness: [0.8, 1.2], contrast: [0, 2.5], saturation: [0.6, 1.4], hue: [-0.1, 0.1] };
    const orders = new Map<string, number>();
    const seen = { brightness: [0], contrast: [0], saturation: [0], hue: [0] };
    for (let at = 0; at < draws; at++) {
      const steps = drawJitter(options, random);
      const order = steps.map(({ adjust }) => adjust[0]).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
      for (const { adjust, by } of steps) seen[adjust].push(by);
    }
    expect(orders.size).toBe(24);
    expect(Math.max(...orders.values()) / Math.min(...orders.values())).toBeLessThan(2);
    for (const adjust of ["brightness", "contrast", "saturation", "hue"] as const) {
      const [low = 0, high = 0] = ranges[adjust];
      const values = seen[adjust].slice(1);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...values)).toBeLessThanOrEqual(high);
      expect(Math.abs(mean(values) - (low + high) / 2)).toBeLessThan((high - low) / 50);
    }
  });

  it("leaves out what is 0", () => {
    const steps = drawJitter({ brightness: 0, contrast: 0.1, saturation: 0, hue: 0 }, seededRandom(1));
    expect(steps.map(({ adjust }) => adjust)).toEqual(["contrast"]);
  });
});

describe("drawErasing", () => {
  it("draws .02 to .33 of the area, .3 to 3.3 in shape, inside the picture", () => {
    const random = seededRandom(9);
    const parts = Array.from({ length: draws }, () => drawErasing(500, random)).filter(
      (part) => part !== null,
    );
    expect(parts.length).toBe(draws);
    const areas = parts.map(({ width, height }) => (width * height) / 250_000);
    expect(Math.min(...areas)).toBeGreaterThan(0.0195);
    expect(Math.max(...areas)).toBeLessThan(0.331);
    expect(mean(areas)).toBeCloseTo(0.175, 1);
    for (const { left, top, width, height } of parts) {
      expect(height / width).toBeGreaterThan(0.29);
      expect(height / width).toBeLessThan(3.4);
      expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(500);
    }
  });

  it("finds nothing to erase in a single pixel", () => {
    expect(drawErasing(1, seededRandom(1))).toBeNull();
  });

  it("is the same part in all channels", () => {
    const input = new Float32Array(3 * 4 * 4).fill(1);
    erase(input, 4, { left: 1, top: 2, width: 2, height: 1 });
    expect([...input.keys()].filter((at) => input[at] === 0)).toEqual([9, 10, 25, 26, 41, 42]);
  });
});

it("rounds halves to even numbers, as Python does", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6].map((value) => roundHalfEven(value) + 0)).toEqual([
    0, 2, 2, 0, -2, 2, 3,
  ]);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
