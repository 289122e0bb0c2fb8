import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeJson, parseJson } from "./lenient-json.ts";

const INVALID = { code: "invalid_json", status: 400 };

test("any JSON means what it means to JSON.parse", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 10 }), (json) => {
      expect(parseJson(json)).toEqual(JSON.parse(json));
    }),
  );
});

test("bare number words become texts, inside strings they stay", () => {
  expect(parseJson('{"a": [NaN, Infinity,-Infinity], "NaN": "x \\" NaN, -Infinity \\\\"}')).toEqual({
    a: ["NaN", "Infinity", "-Infinity"],
    NaN: 'x " NaN, -Infinity \\',
  });
});

test.each(["", "nan", "{a:1}", "[1,]", "NaNN", "-NaN", '"a', "'a'", "{", "]", "[Inf]", '{"a":1}}'])(
  "%s is refused",
  (json) => {
    expect(() => parseJson(json)).toThrow(expect.objectContaining(INVALID));
  },
);

test("any text is either JSON or refused as such", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    ",",
    ":",
    "NaN",
    "-Infinity",
    "-",
    "1",
    "a",
    " ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        parseJson(pieces.join(""));
      } catch (error) {
        expect(error).toMatchObject(INVALID);
      }
    }),
  );
});

test("64 levels are taken, 65 are not, however many there are", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(parseJson(nested(64))).toBeInstanceOf(Array);
  expect(() => parseJson(nested(65))).toThrow("64 levels");
  expect(() => parseJson("[".repeat(1_000_000))).toThrow("64 levels");
});

test("long strings and hostile quotes take no more than one pass", () => {
  const long = "x".repeat(4_000_000);
  expect(parseJson(JSON.stringify({ long }))).toEqual({ long });
  expect(() => parseJson(`"${'\\"'.repeat(1_000_000)}`)).toThrow(expect.objectContaining(INVALID));
});

test("names of the object's prototype are only names", () => {
  const parsed = parseJson('{"__proto__": {"admin": true}, "constructor": 1}') as Record<string, unknown>;
  expect(parsed.admin).toBeUndefined();
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test("a byte order mark is dropped; what is not UTF-8 is refused", () => {
  expect(decodeJson(Buffer.from("\uFEFF{}"))).toBe("{}");
  expect(() => decodeJson(Buffer.from([0x7b, 0xe9, 0x7d]))).toThrow(expect.objectContaining(INVALID));
});
