import { expect, it } from "vitest";
import { balancedClassWeights } from "./class-balance.ts";

it("weighs classes by scikit-learn's balanced formula", () => {
  // compute_class_weight("balanced", classes=[0, 1, 2], y=6 of 0, 3 of 1, 1 of 2)
  const [common, rarer, rarest] = balancedClassWeights([6, 3, 1]);
  expect(common).toBeCloseTo(10 / 18, 6);
  expect(rarer).toBeCloseTo(10 / 9, 6);
  expect(rarest).toBeCloseTo(10 / 3, 6);
});

it("leaves classes without pictures out, and gives them 0", () => {
  expect([...balancedClassWeights([4, 0, 4])]).toEqual([1, 0, 1]);
  expect([...balancedClassWeights([0, 0])]).toEqual([0, 0]);
});
