import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breakLines, type Line, type Run } from "./break-lines.ts";

/** Every character is ten wide, bold ones twelve. */
const measure = (text: string, bold: boolean) => [...text].length * (bold ? 12 : 10);
const texts = (lines: readonly Line[]) => lines.map((line) => line.map(({ text }) => text).join(""));
const broken = (text: string, width: number) => texts(breakLines([{ text }], width, measure));

describe("lines", () => {
  test("end at spaces, which may hang over", () => {
    expect(broken("uno dos tres cuatro", 80)).toEqual(["uno dos ", "tres ", "cuatro"]);
  });

  test("keep what has no space together over runs of different looks", () => {
    const runs: Run[] = [{ text: "ver (" }, { text: "Soto, 2018", tint: "#ff0" }, { text: "), y más" }];
    expect(texts(breakLines(runs, 100, measure))).toEqual(["ver (Soto, ", "2018), y ", "más"]);
  });

  test("break a long address behind its signs, and a long word anywhere", () => {
    expect(broken("https://example.org/a-long/path", 110)).toEqual([
      "https://",
      "example.",
      "org/a-long/",
      "path",
    ]);
    expect(broken("a".repeat(25), 100)).toEqual(["aaaaaaaaaa", "aaaaaaaaaa", "aaaaa"]);
  });

  test("never are wider than they may be, and lose no character", () => {
    const run = fc.record({
      text: fc.string({ unit: fc.constantFrom("a", "B", " ", "/", "😀", "ñ"), maxLength: 30 }),
      bold: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), fc.integer({ min: 12, max: 200 }), (runs, width) => {
        const lines = breakLines(runs, width, measure);
        expect(texts(lines).join("")).toBe(runs.map(({ text }) => text).join(""));
        for (const line of lines) {
          const last = line.at(-1);
          if (last === undefined) continue;
          const hanging = last.text.endsWith(" ") ? measure(" ", last.bold === true) : 0;
          expect(last.x + last.width - hanging).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});
