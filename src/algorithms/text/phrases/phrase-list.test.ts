import { expect, test } from "vitest";
import { parsePhraseList } from "./phrase-list.ts";

const parse = (...phrases: unknown[]) => parsePhraseList({ version: "1.0.0", phrases });

test("the screener's form is read, and what surrounds the phrases is ignored", () => {
  expect(parse({ tortured: " bosom peril ", correct: "breast cancer", seen: 3 })).toEqual([
    { tortured: "bosom peril", correct: "breast cancer" },
  ]);
});

test.each([
  ["single words", { tortured: "by", correct: "through" }],
  ["the term itself", { tortured: "Neural network", correct: "neural network" }],
  ["a part of the term", { tortured: "neural network", correct: "[neural network] layer outputs" }],
  ["unknown terms", { tortured: "work processing", correct: "???" }],
])("%s are left out, since honest text has them", (_, entry) => {
  expect(parse(entry)).toEqual([]);
});

test.each([
  ["nothing", null],
  ["an array", []],
  ["no phrases", { phrases: "bosom peril" }],
  ["an entry without its term", { phrases: [{ tortured: "bosom peril" }] }],
  ["an entry that is too long", { phrases: [{ tortured: "a b".repeat(200), correct: "c" }] }],
  ["too many", { phrases: new Array(50_001).fill({ tortured: "a b", correct: "c d" }) }],
])("%s is refused", (_, json) => {
  expect(() => parsePhraseList(json)).toThrow(RangeError);
});
