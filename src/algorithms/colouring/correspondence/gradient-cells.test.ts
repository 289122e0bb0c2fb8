import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnalysisView } from "../analysis/analysis-view.ts";
import { comparableCells, mirroredCells } from "./comparable-cells.ts";
import { DIRECTIONS, enlargedCells, gradientCells } from "./gradient-cells.ts";
import { likenessOf, windowsOf } from "./windows.ts";

function viewOf(width: number, height: number, tone: (x: number, y: number) => number): AnalysisView {
  const tones = Float32Array.from({ length: width * height }, (_, pixel) =>
    tone(pixel % width, Math.floor(pixel / width)),
  );
  return {
    width,
    height,
    tone: tones,
    ink: new Float32Array(tones.length),
    free: new Uint8Array(tones.length).fill(1),
  };
}

/** Smooth and without any symmetry. */
function waves(phase: number): (x: number, y: number) => number {
  return (x, y) =>
    0.5 + 0.2 * Math.sin(x / 7 + phase) + 0.2 * Math.sin((x + 2 * y) / 11) + 0.1 * Math.cos(y / 5);
}

describe("cells of gradients", () => {
  it.each([
    { slope: "to the right", tone: (x: number) => x / 80, direction: 0 },
    { slope: "to the left", tone: (x: number) => 1 - x / 80, direction: 0 },
    { slope: "downwards", tone: (_: number, y: number) => y / 80, direction: 4 },
    { slope: "down to the right", tone: (x: number, y: number) => (x + y) / 160, direction: 2 },
  ])("tell the direction of a rise $slope", ({ tone, direction }) => {
    const { edges, columns } = gradientCells(viewOf(80, 80, tone), 8);
    const cell = [...edges.subarray(DIRECTIONS * (4 * columns + 4), DIRECTIONS * (4 * columns + 5))];
    expect(cell.indexOf(Math.max(...cell))).toBe(direction);
    expect(cell.reduce((sum, value) => sum + value, 0)).toBeCloseTo(cell[direction] as number, 2);
  });

  it("hold the mean of what they cover when they are enlarged, also by no whole number", () => {
    const cells = gradientCells(viewOf(96, 96, waves(1)), 4);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const factor of [1, 1.5, 2, 3])
      expect(mean(enlargedCells(cells, factor).edges)).toBeCloseTo(mean(cells.edges), 2);
  });

  it("in a mirror are those of the drawing in a mirror", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6, noNaN: true }), (phase) => {
        const tone = waves(phase);
        const cells = (view: AnalysisView) => comparableCells(gradientCells(view, 8));
        const mirrored = mirroredCells(cells(viewOf(96, 64, tone)));
        const direct = cells(viewOf(96, 64, (x, y) => tone(95 - x, y)));
        for (const [at, value] of mirrored.values.entries())
          expect(Math.abs(value - (direct.values[at] as number))).toBeLessThan(0.01);
      }),
      { numRuns: 20 },
    );
  });

  it("make windows that are most alike to themselves, and as alike to one with half the contrast", () => {
    const windows = (contrast: number) =>
      windowsOf(
        comparableCells(
          gradientCells(
            viewOf(128, 96, (x, y) => contrast * waves(2)(x, y)),
            8,
          ),
        ),
        6,
        0.25,
      );
    const [full, half] = [windows(1), windows(0.5)];
    for (let at = 0; at < full.energies.length; at++) {
      const own = likenessOf(full, at, full, at);
      expect(own).toBeLessThanOrEqual(1);
      expect(likenessOf(full, at, half, at)).toBeCloseTo(own, 1);
      for (let other = 0; other < full.energies.length; other++)
        expect(likenessOf(full, at, full, other)).toBeLessThanOrEqual(own + 1e-6);
    }
  });
});
