import { describe, expect, test } from "vitest";
import { readMetas, scaleOf } from "./read-metas.ts";

describe("metas", () => {
  test("may be absent, all blank, one per picture, or one list of them", () => {
    expect(readMetas(undefined, 2)).toEqual([]);
    expect(readMetas([""], 2)).toEqual([]);
    expect(readMetas(['{"a":1}', " "], 2)).toEqual([{ a: 1 }, {}]);
    expect(readMetas(['[{"a":1},null]'], 2)).toEqual([{ a: 1 }, {}]);
  });

  test("of Python clients may hold NaN", () => {
    expect(readMetas(['{"a": NaN}'], 1)).toEqual([{ a: "NaN" }]);
  });

  test.each([
    [["{}"], 2, /length \(1\) must match images length \(2\)/],
    [["[]"], 1, /length \(0\)/],
    [["{", "{}"], 2, /metas\[0\] is not valid JSON/],
    [["{}", "3"], 2, /metas\[1\] must be a JSON object/],
    [['["a"]'], 1, /metas\[0\] must be/],
    [[`{"a":"${"x".repeat(300_000)}"}`], 1, /longer than 256 kB/],
    [["[".repeat(1_000)], 1, /not valid JSON/],
  ])("are refused when they are no such thing", (metas, count, message) => {
    expect(() => readMetas(metas, count)).toThrow(
      expect.objectContaining({
        code: "invalid_metas",
        status: 400,
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe("the scale that metas name", () => {
  test("is the one they agree on", () => {
    expect(scaleOf([])).toBeNull();
    expect(scaleOf([{}, { mm_per_px: null }])).toBeNull();
    expect(scaleOf([{ mm_per_px: "0.2" }, {}, { mm_per_px: 0.20000001 }])).toBeCloseTo(0.2, 6);
    expect(() => scaleOf([{ mm_per_px: 0.2 }, { mm_per_px: 0.3 }])).toThrow(
      expect.objectContaining({ code: "mm_per_px_mismatch", status: 409 }),
    );
  });

  test.each([0, -1, "", "wide", "NaN", true, [0.2], {}, 1e300])("is not %j", (mm_per_px) => {
    expect(() => scaleOf([{ mm_per_px }])).toThrow(expect.objectContaining({ code: "invalid_mm_per_px" }));
  });
});
