import { describe, expect, it } from "vitest";
import { driftOf, smirnovDistance } from "./drift.ts";
import { seededRandom } from "./seeded-random.ts";

const THRESHOLD = 5;
const draw = (seed: number, count: number, mean = 2, spread = 0.4) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => mean + spread * random.normal());
};

describe("drift", () => {
  it("has the distance that scipy's ks_2samp has", () => {
    // scipy.stats.ks_2samp([1, 2, 2, 3.5, 4], [0.5, 2, 3, 3.6, 5, 6]).statistic
    expect(smirnovDistance([1, 2, 2, 3.5, 4], [0.5, 2, 3, 3.6, 5, 6])).toBeCloseTo(1 / 3, 12);
    expect(smirnovDistance([1, 2], [3, 4])).toBe(1);
    expect(smirnovDistance([1, 2, 3], [3, 2, 1])).toBe(0);
  });

  it("is not cried on a steady line: hardly ever in 500, with twenty references each", () => {
    let alarms = 0;
    for (let seed = 1; seed <= 500; seed++)
      if (driftOf(draw(seed, 200), draw(10_000 + seed, 20), THRESHOLD).state === "drifting") alarms++;
    expect(alarms).toBeLessThanOrEqual(3);
  });

  it("is seen in scores that moved up, moved down, or spread", () => {
    const references = draw(1, 30);
    for (const moved of [draw(2, 200, 2.6), draw(3, 200, 1.4), draw(4, 200, 2, 2)]) {
      const found = driftOf(moved, references, THRESHOLD);
      expect(found).toMatchObject({ state: "drifting", causes: ["scores"] });
    }
    expect(driftOf(draw(2, 200, 2.6), references, THRESHOLD).medianShift).toBeGreaterThan(0.5);
  });

  it("is seen when everything has gone beyond the threshold", () => {
    const found = driftOf(draw(5, 200, 8), draw(6, 30), THRESHOLD);
    expect(found).toMatchObject({ state: "drifting", causes: ["alarms"], alarmShare: 1, distance: null });
  });

  it("is not judged with too few scores on either side", () => {
    expect(driftOf(draw(1, 49), draw(2, 30), THRESHOLD).state).toBe("collecting");
    expect(driftOf(draw(1, 200), draw(2, 9), THRESHOLD).state).toBe("no_reference");
    expect(driftOf([], [], THRESHOLD)).toMatchObject({ state: "no_reference", alarmShare: null });
  });
});
