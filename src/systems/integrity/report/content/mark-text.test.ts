import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReportFinding } from "../report-input.ts";
import { type MarkedText, markText } from "./mark-text.ts";
import type { NumberedFinding } from "./numbered-findings.ts";

type Placed = readonly [start: number, end: number, severity?: "low" | "medium" | "high" | "similar"];

function numbered([start, end, severity = "low"]: Placed, index: number): NumberedFinding {
  const finding: ReportFinding = {
    rule: severity === "similar" ? "similarity.passage" : "style.change",
    dimension: "autoría",
    severity: severity === "similar" ? "low" : severity,
    value: 1,
    threshold: null,
    span: { start, end },
    explanation: "",
    facts: {},
  };
  return { number: index + 1, finding, place: { start, end } };
}

const mark = (text: string, ...placed: Placed[]) => markText(text, placed.map(numbered));

/** Marks as brackets: `{2:` where number 2 begins, `l`, `m`, `h` for severities, `s` for similar. */
function drawn({ paragraphs }: MarkedText): string {
  return paragraphs
    .map(({ segments, skipped, cutBefore, cutAfter }) => {
      const body = segments
        .map(({ text, severity, similar, begins }) => {
          const look = `${severity?.[0] ?? ""}${similar ? "s" : ""}`;
          const numbers = begins.map((number) => `#${number}`).join("");
          return numbers + (look === "" ? text : `${look}[${text}]`);
        })
        .join("");
      return `${skipped > 0 ? `(${skipped})` : ""}${cutBefore ? "…" : ""}${body}${cutAfter ? "…" : ""}`;
    })
    .join("|");
}

describe("a marked text", () => {
  test("has a number where each finding begins, and its place marked", () => {
    expect(drawn(mark("uno dos tres", [4, 7, "medium"]))).toBe("uno #1m[dos] tres");
  });

  test("shows the gravest of findings that overlap, and that a passage is similar beside it", () => {
    expect(drawn(mark("abcdefgh", [0, 5, "low"], [2, 4, "high"], [3, 8, "similar"]))).toBe(
      "#1l[ab]#2h[c]#3hs[d]ls[e]s[fgh]",
    );
  });

  test("goes on over paragraphs, and loses nothing but the empty lines", () => {
    expect(drawn(mark("uno dos\n\ntres", [4, 13, "low"]))).toBe("uno #1l[dos]|l[tres]");
  });

  test("has the numbers of places that mark nothing, and of those between paragraphs", () => {
    expect(drawn(mark("uno\n\ndos", [1, 1], [3, 5], [8, 8]))).toBe("u#1no|#2dos");
    expect([...mark("uno\n\ndos", [1, 1], [3, 5], [8, 8]).anchored]).toEqual([1, 2]);
  });

  test("is the text itself, whatever the findings", () => {
    const text = "La 😀 casa roja.\nOtra línea\n\nSegundo párrafo, 𝒳 y fin.";
    const place = fc
      .tuple(fc.nat(text.length), fc.nat(text.length))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), (places) => {
        const { paragraphs } = mark(text, ...places);
        const whole = paragraphs.map(({ segments }) => segments.map((segment) => segment.text).join(""));
        expect(whole.join("\n\n")).toBe(text);
      }),
    );
  });

  test("has every character marked that a finding covers, and no other", () => {
    const text = "abcdefghij\n\nklmnopqrst";
    const place = fc
      .tuple(fc.nat(text.length), fc.nat(text.length))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), (places) => {
        const covered = [...text].filter(
          (character, at) => character !== "\n" && places.some(([start, end]) => start <= at && at < end),
        );
        const marked = mark(text, ...places).paragraphs.flatMap(({ segments }) =>
          segments.filter(({ severity }) => severity !== null).map((segment) => segment.text),
        );
        expect(marked.join("")).toBe(covered.join(""));
      }),
    );
  });
});

describe("a long text", () => {
  const paragraph = `${"palabra ".repeat(30)}final.`;
  const long = Array.from({ length: 1_200 }, () => paragraph).join("\n\n");

  test("is shown only around its findings, with what was left out counted", () => {
    const from = long.indexOf("final", 150_000);
    const marked = mark(long, [from, from + 5, "high"]);
    expect(marked.isWhole).toBe(false);
    expect(drawn(marked)).toContain("#1h[final]");
    const shown = marked.paragraphs.flatMap(({ segments }) => segments.map(({ text }) => text)).join("");
    expect(shown.length).toBeLessThan(2_500);
    expect(marked.paragraphs[0]!.skipped).toBeGreaterThan(140_000);
    expect(marked.skippedAtEnd).toBeGreaterThan(100_000);
  });

  test("is never shown beyond its limit, even as one word with findings everywhere", () => {
    const word = "a".repeat(1_000_000);
    const places = Array.from({ length: 1_000 }, (_, index): Placed => [index * 1_000, index * 1_000 + 900]);
    const marked = mark(word, ...places);
    const length = marked.paragraphs
      .flatMap(({ segments }) => segments)
      .reduce((sum, { text }) => sum + text.length, 0);
    expect(length).toBeLessThanOrEqual(200_000);
    expect(marked.anchored.size).toBeGreaterThan(100);
    expect(marked.anchored.size).toBeLessThan(300);
  });

  test("without findings that have a place shows nothing, and says how much there is", () => {
    const marked = mark(long);
    expect(marked.paragraphs).toEqual([]);
    expect(marked.skippedAtEnd).toBe(long.length);
  });
});
