import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { naturalOrder } from "./natural-order.ts";

describe("naturalOrder", () => {
  it.each([
    [["1.png", "2.png", "10.png", "011.png"]],
    [["p1/9.png", "p2/1.png", "p10/1.png"]],
    [["a/1.png", "a-b/1.png", "B/1.png"]],
    [["page 1a.png", "page 1b.png", "page 10.png"]],
    [["01.png", "1.png"]],
    [["99999999999999999999.png", "100000000000000000000.png"]],
  ])("%j", (paths) => {
    expect([...paths].reverse().sort(naturalOrder)).toEqual(paths);
  });

  it("is an order: it agrees with itself turned round and along chains", () => {
    const paths = fc.stringMatching(/^[ab019/.]{1,8}$/);
    fc.assert(
      fc.property(paths, paths, paths, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
        expect(naturalOrder(a, b) === 0).toBe(a === b);
        if (naturalOrder(a, b) < 0 && naturalOrder(b, c) < 0) expect(naturalOrder(a, c)).toBeLessThan(0);
      }),
    );
  });
});
