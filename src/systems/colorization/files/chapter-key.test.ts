import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chapterKey, DEFAULT_MANGA, nameKey } from "./chapter-key.ts";

describe("chapterKey", () => {
  it.each([
    ["one_piece", "chapter_001", "one_piece:chapter_001"],
    ["../Meu Mangá", "capítulo 1/2", "_Meu_Mang_:cap_tulo_1_2"],
    ["", "", "chapter_001"],
    ["manga_default", "b", "b"],
    ["鬼滅の刃", "第一話", "鬼滅の刃:第一話"],
    ["進撃の巨人/1", "第二話", "進撃の巨人_1:第二話"],
    ["Берсерк", "1", "Берсерк:1"],
  ])("is of %j and %j %j", (manga, chapter, key) => {
    expect(chapterKey(manga, chapter)).toBe(key);
  });

  it("is what an address takes, with one colon where a manga is named", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme", maxLength: 400 }),
        (manga, chapter) => {
          const key = chapterKey(manga, chapter);
          expect(key).toMatch(/^[^\p{Cc}/\\:]+(:[^\p{Cc}/\\:]+)?$/u);
          expect(key.length).toBeLessThanOrEqual(200);
          const series = nameKey(manga, DEFAULT_MANGA);
          expect(key.startsWith(`${series}:`)).toBe(series !== DEFAULT_MANGA);
          encodeURIComponent(key);
        },
      ),
    );
  });
});
