import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchingWords } from "./matching-words.ts";

const words = (text: string) => text.split(" ");
const kept = (text: string, matched: readonly boolean[]) =>
  words(text)
    .map((word, index) => (matched[index] ? word : "_"))
    .join(" ");

function both(left: string, right: string): [string, string] {
  const matched = matchingWords(words(left), words(right));
  return [kept(left, matched.left), kept(right, matched.right)];
}

describe("matching words", () => {
  test("are all of them where both passages are the same", () => {
    expect(both("uno dos tres", "uno dos tres")).toEqual(["uno dos tres", "uno dos tres"]);
  });

  test("leave out what was changed, inserted and removed", () => {
    expect(both("el lector abandona el texto largo y cansado", "el lector deja el texto y cansado")).toEqual([
      "el lector _ el texto _ y cansado",
      "el lector _ el texto y cansado",
    ]);
  });

  test("do not count by themselves, only two or more in a row", () => {
    expect(both("a x b y c d", "a p b q c d")).toEqual(["_ _ _ _ c d", "_ _ _ _ c d"]);
  });

  test("are none where one side is missing", () => {
    expect(matchingWords(["uno"], [])).toEqual({ left: [false], right: [] });
  });

  test("are the same words in the same order on both sides, whatever the passages", () => {
    const passage = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });
    fc.assert(
      fc.property(passage, passage, (left, right) => {
        const matched = matchingWords(left, right);
        expect(left.filter((_, index) => matched.left[index])).toEqual(
          right.filter((_, index) => matched.right[index]),
        );
      }),
    );
  });
});
