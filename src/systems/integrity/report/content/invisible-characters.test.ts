import { expect, test } from "vitest";
import { spellInvisible, splitInvisible } from "./invisible-characters.ts";

test("controls, directions and zero widths are told by their code", () => {
  expect(spellInvisible("a\u202eb\u0000c\u200bd\ufeff\u00ad")).toBe(
    "a[U+202E]b[U+0000]c[U+200B]d[U+FEFF][U+00AD]",
  );
  expect(splitInvisible("ab\u2066c")).toEqual([{ text: "ab" }, { code: "U+2066" }, { text: "c" }]);
});

test("line ends, tabs, and joiners of other scripts and pictograms stay as they are", () => {
  for (const text of ["a\n\tb\r\n", "👩\u200d🔬", "نمی\u200cخواهم", "क्\u200dष"]) {
    expect(spellInvisible(text)).toBe(text);
  }
  expect(spellInvisible("ca\u200dsa")).toBe("ca[U+200D]sa");
});

test("half a pair becomes a whole character", () => {
  expect(spellInvisible("a\ud800b")).toBe("a\ufffdb");
});
