import { expect, it } from "vitest";
import { panelsOfRegions } from "./panels.ts";

it("puts regions that touch, if only through others, in one panel, and all others in panels of their own", () => {
  // 0 - 3 - 1, 2 alone, 4 - 5
  const graph = {
    offsets: Int32Array.of(0, 1, 2, 2, 4, 5, 6),
    neighbours: Int32Array.of(3, 3, 0, 1, 5, 4),
  };
  expect([...panelsOfRegions(graph)]).toEqual([0, 0, 1, 0, 2, 2]);
});
