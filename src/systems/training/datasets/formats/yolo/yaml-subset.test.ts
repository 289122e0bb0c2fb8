import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYamlSubset } from "./yaml-subset.ts";

describe("parseYamlSubset", () => {
  it.each([
    ["a: b # c", "b"],
    ["a: 'it''s # no comment'", "it's # no comment"],
    ['a: "\\u00e9 \\" #"', 'é " #'],
    ["a: b#c", "b#c"],
    ["a: it's", "it's"],
    ["'a': b", "b"],
    ["a: [b, 'c, d', \"e\", f: g]", ["b", "c, d", "e", "f: g"]],
    ["a: []", []],
    ["a:\n  - b\n  - 'c'\n", ["b", "c"]],
    ["a:\n- b\n# between\n\n- c\nd: e", ["b", "c"]],
    ["a: [b,\n\n  c # d\n]\ne: f", ["b", "c"]],
    [
      "a: {0: b, 1: 'c: d'}",
      new Map([
        ["0", "b"],
        ["1", "c: d"],
      ]),
    ],
    [
      "a:\n  0: b\n  'x y': c\n  deeper:\n    z: q\n",
      new Map([
        ["0", "b"],
        ["x y", "c"],
        ["deeper", ""],
      ]),
    ],
  ])("%j", (text, value) => {
    expect(parseYamlSubset(text).get("a")).toEqual(value);
  });

  it("passes over what it does not know, whatever the text", () => {
    const piece = fc.oneof(
      fc.constantFrom("a:", " ", "\n", "[", "]", "{", "}", "- ", "'", '"', "#", ",", "\\", "b"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const value of parseYamlSubset(pieces.join("")).values())
          expect(typeof value === "string" || Array.isArray(value) || value instanceof Map).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("reads back any name that JSON quotes", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (names) => {
        const map = names.map((name, id) => `  ${id}: ${JSON.stringify(name)}\n`).join("");
        expect([...(parseYamlSubset(`names:\n${map}`).get("names") as Map<string, string>).values()]).toEqual(
          names,
        );
      }),
    );
  });
});
