import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../algorithms/anomaly/seeded-random.ts";
import { openThreadRuntime } from "../../../ml/runtime/thread-runtime.ts";
import { type ChoosingTools, chooseCentres } from "./choose-centres.ts";
import { pickLazily } from "./lazy-centres.ts";
import { ModelCache } from "./model-cache.ts";
import { sweepCentres } from "./sweep-centres.ts";

const runtime = openThreadRuntime({ intraOpThreads: 1 });
afterAll(() => runtime.close());
const models = new ModelCache(8);
const tools = (more: Partial<ChoosingTools> = {}) => ({ runtime, models, random: seededRandom(9), ...more });

const [COUNT, DIM] = [5000, 3];
/** Whole numbers: every distance is exact, in whatever order it is summed up. */
const points = (() => {
  const random = seededRandom(4);
  return Float32Array.from({ length: COUNT * DIM }, () => random.below(1500));
})();

function plainGreedy(size: number, first: number): number[] {
  const nearest = new Float64Array(COUNT).fill(Number.POSITIVE_INFINITY);
  const chosen: number[] = [];
  for (let next = first; chosen.length < size; ) {
    chosen.push(next);
    let farthest = 0;
    for (let point = 0; point < COUNT; point++) {
      let squared = 0;
      for (let axis = 0; axis < DIM; axis++)
        squared += (points[point * DIM + axis]! - points[next * DIM + axis]!) ** 2;
      nearest[point] = Math.min(nearest[point]!, squared);
      if (nearest[point]! > nearest[farthest]!) farthest = point;
    }
    next = farthest;
  }
  return chosen;
}

describe("choosing centres", () => {
  it("looks at few points and chooses what comparing all of them chooses", async () => {
    const expected = plainGreedy(300, seededRandom(9).below(COUNT));
    expect([...(await pickLazily(points, DIM, 300, tools()))]).toEqual(expected);
    expect([...(await sweepCentres(points, DIM, 300, tools()))]).toEqual(expected);
  });

  it("chooses different points where all are copies, and as many as asked for", async () => {
    const chosen = await pickLazily(new Float32Array(2500 * DIM).fill(7), DIM, 2200, tools());
    expect(new Set(chosen).size).toBe(2200);
  });

  it("says how far it is, and ends when it is told to", async () => {
    const shares: number[] = [];
    const many = new Float32Array(300_000 * 4);
    const random = seededRandom(1);
    for (let at = 0; at < many.length; at++) many[at] = random.normal();
    const abort = new AbortController();
    const onChosen = (share: number) => {
      shares.push(share);
      if (shares.length === 3) abort.abort();
    };
    await expect(
      chooseCentres(many, 4, 20_000, tools({ onChosen, signal: abort.signal })),
    ).rejects.toMatchObject({ code: "cancelled" });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(0.5);
  });
});
