import { describe, expect, it } from "vitest";
import { shownMatrix } from "./confusion-matrix.ts";

describe("shownMatrix", () => {
  it("shows the whole of a small matrix, with each row's shares", () => {
    expect(
      shownMatrix(
        [
          [3, 1],
          [0, 0],
        ],
        5,
      ),
    ).toEqual({
      classes: [0, 1],
      cells: [
        [
          { count: 3, share: 0.75 },
          { count: 1, share: 0.25 },
        ],
        [
          { count: 0, share: 0 },
          { count: 0, share: 0 },
        ],
      ],
    });
  });

  it("keeps the classes that are confused most, in their order, and the shares of the whole rows", () => {
    const matrix = [
      [9, 0, 1],
      [0, 9, 0],
      [6, 0, 4],
    ];
    const { classes, cells } = shownMatrix(matrix, 2);
    expect(classes).toEqual([0, 2]);
    expect(cells[1]?.[0]).toEqual({ count: 6, share: 0.6 });
  });

  it("takes an empty one", () => {
    expect(shownMatrix([], 10)).toEqual({ classes: [], cells: [] });
  });
});
