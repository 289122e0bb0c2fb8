import { describe, expect, it } from "vitest";
import { heardAt, type PlacedCorrespondence } from "./heard-correspondences.ts";

const FOUND: PlacedCorrespondence = {
  x: 100,
  y: 100,
  side: 40,
  reference: 1,
  toX: 300,
  toY: 20,
  toSide: 80,
  mirrored: false,
  certainty: 0.9,
  panel: 2,
};

describe("what correspondences say about a place", () => {
  it("is its own place on the reference in the middle of a square, all but certain", () => {
    const [heard, ...others] = heardAt({ x: 120, y: 120 }, 2, [FOUND]);
    expect(others).toEqual([]);
    expect(heard).toMatchObject({ reference: 1, x: 340, y: 60, certainty: 0.9 });
  });

  it("goes on beyond the square, less certain and less exact the farther", () => {
    const [near, far] = [150, 200].map((y) => heardAt({ x: 120, y }, 2, [FOUND])[0]);
    const [middle] = heardAt({ x: 120, y: 120 }, 2, [FOUND]);
    expect(near).toMatchObject({ x: 340, y: 120 });
    expect(far).toMatchObject({ x: 340, y: 220 });
    expect(near?.reach).toBeGreaterThan(2 * (middle?.reach ?? 0));
    expect(near?.certainty).toBeLessThan(0.6);
    expect(near?.certainty).toBeGreaterThan(far?.certainty ?? 1);
    expect(far?.certainty).toBeGreaterThan(0);
  });

  it.each([
    { where: "in another panel", place: { x: 120, y: 150 }, panel: 3 },
    { where: "more than two sides away", place: { x: 120, y: 225 }, panel: 2 },
  ])("is nothing $where", ({ place, panel }) => {
    expect(heardAt(place, panel, [FOUND])).toEqual([]);
  });

  it("is only what squares say that contain the place, where one does", () => {
    const beside = { ...FOUND, x: 60, toX: 0 };
    expect(heardAt({ x: 120, y: 120 }, 2, [beside, FOUND])).toEqual(heardAt({ x: 120, y: 120 }, 2, [FOUND]));
  });
});
