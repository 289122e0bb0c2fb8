import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { anyNumber, filledText, finiteNumber, numberList, textList, truth, wholeNumber } from "./fields.ts";

const messages = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

/** A word in any mixture of cases, with blanks around it. */
const spelling = (word: string) =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: word.length, maxLength: word.length }),
      fc.constantFrom("", " "),
    )
    .map(([upper, blank]) => {
      const letters = [...word].map((letter, i) => (upper[i] ? letter.toUpperCase() : letter));
      return `${blank}${letters.join("")}${blank}`;
    });

describe("truth", () => {
  const words = [
    [true, ["true", "1", "on", "yes", "t", "y"]],
    [false, ["false", "0", "off", "no", "f", "n"]],
  ] as const;

  test.each(words)("every documented spelling of %s, in any case", (expected, spellings) => {
    const any = fc.oneof(...spellings.map(spelling));
    fc.assert(
      fc.property(any, (text) => {
        expect(truth().parse(text)).toBe(expected);
      }),
    );
  });

  test("real booleans, 0 and 1", () => {
    expect([true, false, 1, 0].map((value) => truth().parse(value))).toEqual([true, false, true, false]);
  });

  test.each(["", "2", "maybe", "truee", null, [], {}, 2, Number.NaN])("%o is none", (value) => {
    expect(messages(truth(), value)).toEqual(["Input should be a valid boolean"]);
  });
});

describe("numbers", () => {
  test("every number is read back from its text, NaN and infinities included", () => {
    fc.assert(
      fc.property(fc.double(), (number) => {
        expect(anyNumber().parse(String(number))).toBe(Number(String(number)));
        expect(anyNumber().parse(number)).toBe(number);
      }),
    );
  });

  test.each([
    ["nan", Number.NaN],
    ["-NaN", Number.NaN],
    ["inf", Infinity],
    ["+Infinity", Infinity],
    ["-INF", -Infinity],
    [" .5 ", 0.5],
    ["5.", 5],
    ["1e-3", 0.001],
  ])("%s is a number", (text, expected) => {
    expect(anyNumber().parse(text)).toBe(expected);
  });

  test.each(["", ".", "0x10", "1,5", "1_000", "1e", "--1", "one", true, null, [], {}])(
    "%o is none",
    (value) => {
      expect(messages(anyNumber(), value)).toEqual(["Input should be a valid number"]);
    },
  );

  test("a megabyte of digits that is none is refused at once", () => {
    expect(messages(anyNumber(), `${"1".repeat(2 ** 20)}x`)).toHaveLength(1);
  });

  test("finite and whole numbers keep their bounds and say them", () => {
    expect(finiteNumber({ min: 0, max: 1 }).parse("0.25")).toBe(0.25);
    expect(messages(finiteNumber({ min: 0, max: 1 }), "1.5")).toEqual([
      "Input should be a valid number, at least 0 and at most 1",
    ]);
    for (const value of ["NaN", "Infinity", Number.NaN]) {
      expect(messages(finiteNumber(), value)).toEqual(["Input should be a valid number"]);
    }
    expect(wholeNumber().parse("7.0")).toBe(7);
    for (const value of ["1.5", 2 ** 53, "inf"]) expect(messages(wholeNumber(), value)).toHaveLength(1);
  });
});

describe("lists", () => {
  test("of numbers take texts, NaN and infinities", () => {
    expect(numberList(9).parse([1, "2.5", "NaN", -Infinity])).toEqual([1, 2.5, Number.NaN, -Infinity]);
  });

  test("report one fault, however many items are wrong", () => {
    const result = numberList(1e6).safeParse(Array(100_000).fill("x"));
    expect(result.error?.issues).toMatchObject([{ path: [0], message: "Input should be a valid number" }]);
    expect(textList(1e6).safeParse(Array(100_000).fill(0)).error?.issues).toHaveLength(1);
  });

  test("are refused by their length", () => {
    expect(messages(numberList(2), [1, 2, "x"])).toEqual(["Input should have at most 2 items"]);
    expect(messages(textList(2), ["a", "b", "c"])).toEqual(["Input should have at most 2 items"]);
    expect(messages(textList(2), "a")).toEqual(["Input should be a valid list"]);
  });
});

test("filled text has something in it, within its length", () => {
  expect(filledText().parse(" a ")).toBe(" a ");
  expect(messages(filledText(), "  ")).toEqual(["Input should not be blank"]);
  expect(messages(filledText(3), "abcd")).toEqual(["Input should have at most 3 characters"]);
  expect(messages(filledText(), 3)).toEqual(["Input should be a valid string"]);
});
