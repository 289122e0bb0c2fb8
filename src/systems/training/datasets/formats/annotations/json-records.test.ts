import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJsonRecords } from "./json-records.ts";

async function records(text: string) {
  const taken: [string, unknown][] = [];
  await readJsonRecords(text, "a.json", (key, value) => void taken.push([key, value]));
  return taken;
}

describe("readJsonRecords", () => {
  it("hands out elements of lists one by one, and other values whole", async () => {
    expect(
      await records('\ufeff { "a" : [1, {"b": [2, "}]"]}, []] , "c": {"d": 1}, "e": [], "f\\"": "\\\\" } '),
    ).toEqual([
      ["a", 1],
      ["a", { b: [2, "}]"] }],
      ["a", []],
      ["c", { d: 1 }],
      ['f"', "\\"],
    ]);
  });

  it("takes any JSON object apart as JSON.parse reads it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(2), async (object, indent) => {
        const expected = Object.entries(JSON.parse(JSON.stringify(object))).flatMap(([key, value]) =>
          Array.isArray(value) ? value.map((element) => [key, element]) : [[key, value]],
        );
        expect(await records(JSON.stringify(object, null, indent))).toEqual(expected);
      }),
    );
  });

  it("refuses any other text as bad_annotations", async () => {
    const pieces = fc.array(
      fc.constantFrom("{", "}", "[", "]", '"', ":", ",", "1", "a", " ", "\\", "null", "NaN"),
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (drawn) => {
        const text = drawn.join("");
        const valid = isObject(text.replaceAll("NaN", '"NaN"'));
        if (valid) await records(text);
        else await expect(records(text)).rejects.toMatchObject({ code: "bad_annotations", status: 400 });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["an empty file", ""],
    ["a list", "[]"],
    ["a text cut off", '{"a": [{"b": 1}, {"b"'],
    ["something behind the end", "{} {}"],
    ["a comma too many", '{"a": [1,]}'],
    ["deep nesting", `{"a": ${"[".repeat(1_000_000)}`],
    ["one enormous value", `{"a": {"b": "${"x".repeat(9_000_000)}"}}`],
  ])("refuses %s", async (_, text) => {
    await expect(records(text)).rejects.toMatchObject({ code: "bad_annotations" });
    await expect(records(text)).rejects.toThrow('"a.json" cannot be read');
  });
});

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
