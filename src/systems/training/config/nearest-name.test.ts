import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

const NAMES = [
  "optimizer.momentum",
  "scheduler.base_momentum",
  "scheduler.patience",
  "seed",
  "optimizer.eps",
];

test.each([
  ["optimizer.momentun", "optimizer.momentum"],
  ["momentum", "optimizer.momentum"],
  ["scheduler.pateince", "scheduler.patience"],
  ["sede", "seed"],
  ["Optimizer.EPS", "optimizer.eps"],
  ["zzzzzz", null],
  ["", null],
  [`${"a".repeat(100)}seed`, null],
])("%s -> %s", (meant, expected) => {
  expect(nearestName(meant, NAMES)).toBe(expected);
});

test("of equally near names the one in the same group is meant", () => {
  expect(nearestName("b.rate", ["a.rates", "b.rates"])).toBe("b.rates");
});

test("a name is its own nearest", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,30}$/), { minLength: 1 }), (names) => {
      expect(nearestName(names[0] as string, names)).toBe(names[0]);
    }),
  );
});
