import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareText } from "../prepared-text.ts";
import { findCharacters } from "./find-characters.ts";

const find = (text: string) => findCharacters(prepareText(text));

const found = (text: string) =>
  find(text).findings.map(({ rule, severity, span }) => [
    rule.replace("characters.", ""),
    severity,
    span === null ? null : text.slice(span.start, span.end),
  ]);

const PROSE = "La universidad evalúa los trabajos de sus estudiantes cada semestre. ".repeat(40);

describe("letters of other scripts", () => {
  test.each([
    ["a Cyrillic о", "La fоrma", "fоrma", "forma"],
    ["a Greek ο", "La fοrma", "fοrma", "forma"],
    ["a Greek Α at the start", "Αmérica", "Αmérica", "América"],
    ["Greek letters, symbols among them", "una fοrmαl", "fοrmαl", "formal"],
    ["fullwidth letters", "La fｏrma", "fｏrma", "forma"],
    ["a mathematical letter", "La f𝗈rma", "f𝗈rma", "forma"],
    ["a Cyrillic word of look-alikes alone", "Uno о dos", "о", "o"],
  ])("in a word are found: %s", (_, text, word, looksLike) => {
    const whole = `${PROSE}${text}.`;
    expect(found(whole)).toEqual([["homoglyph", "low", word]]);
    expect(find(whole).findings[0]?.facts).toMatchObject({ word, looks_like: looksLike });
  });

  test.each([
    "Пётр и Анна, мама мыла раму; IT-компания, SMSки",
    "Ο Σωκράτης ήταν φιλόσοφος",
    "3 µm, 5 μg, 2 kΩ, Δt, α-cetoglutarato, β-lactam, TNFα, NFκB, IL1β, hν, σ²x, πr",
    "dΜ vHΜL eitνt silltγs, sin𝑥 cos𝑦 d𝑥 𝑓(𝑥) 𝒩(0, 1), 𝗻𝗲𝗴𝗿𝗶𝘁𝗮",
    "全角のＡＢＣとfｏrma",
    "ﬁnal eﬃcient",
    "Capítulo Ⅲ, ⅳ",
    "naïve Straße Øre Yıldız Łódź",
    "ґанок і їжа, да/нет, а также о том",
  ])("that are in their place are fine: %s", (text) => {
    expect(found(`${PROSE}${text}`)).toEqual([]);
  });

  test("weigh by how many words they are in: five different ones are systematic, one again and again is not", () => {
    const severities = (words: string) => new Set(found(PROSE + words).map(([, severity]) => severity));
    expect(severities("fоrma mоdо")).toEqual(new Set(["low"]));
    expect(severities("fоrma mоdо cоsa")).toEqual(new Set(["medium"]));
    expect(severities("fоrma mоdо cоsa lоca sоla")).toEqual(new Set(["high"]));
    expect(severities("СO2 ".repeat(9))).toEqual(new Set(["medium"]));
  });

  test("in a short text weigh by their share", () => {
    expect(found("fоrma mоdо cоsa y ya")).toHaveLength(3);
    expect(found("fоrma mоdо cоsa y ya")[0]?.[1]).toBe("high");
  });
});

describe("invisible characters", () => {
  test.each([
    ["a zero-width space in a word", "pala\u200Bbra", "low", "\u200B"],
    ["a run is one", "pala\u200B\u200B\u2060bra", "low", "\u200B\u200B\u2060"],
    ["a byte order mark inside", "una \uFEFFpalabra", "low", "\uFEFF"],
    ["a mark of direction", "una\u200E palabra", "low", "\u200E"],
    ["a selector behind a letter", "palabra\uFE01s", "low", "\uFE01"],
    ["a narrow space in a word", "pala\u200Abra", "low", "\u200A"],
  ])("are found: %s", (_, text, severity, run) => {
    expect(found(PROSE + text)).toEqual([["invisible", severity, run]]);
  });

  test.each([
    ["a byte order mark at the start", "\uFEFFTexto"],
    ["emoji", "👩‍👩‍👧 🏳️‍🌈 ❤️ 1️⃣ 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨‍❤️‍👨"],
    ["Persian", "می‌خواهم"],
    ["Hindi", "क्‍ष और क्‌ष"],
    ["Thai", "ภาษา\u200Bไทย"],
    ["an unjoined ligature", "shelf\u200Cful of f\u200Ciles"],
    ["thin spaces beside numbers", "12\u2009000 personas, 5\u2009kg"],
  ])("that are needed are fine: %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test("soft hyphens are one low finding, however many", () => {
    expect(found("pa\u00ADla\u00ADbra ".repeat(300))).toEqual([["invisible", "low", "\u00AD"]]);
    expect(find("pa\u00ADla\u00ADbra").signals).toMatchObject({ soft_hyphens: 2, invisible_characters: 0 });
  });

  test("in many words are systematic, between words they are what a copy left", () => {
    expect(found("pala\u200Bbra ".repeat(12))[0]?.[1]).toBe("high");
    expect(found(PROSE + "pala\u200Bbra ".repeat(4))[0]?.[1]).toBe("medium");
    expect(found("palabra \u200B".repeat(30)).every(([, severity]) => severity === "low")).toBe(true);
  });

  test("that carry a message are shown", () => {
    const hidden = [..."ignore this"]
      .map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0)))
      .join("");
    expect(found(`Hola${hidden} mundo`)).toEqual([["invisible", "high", hidden]]);
    expect(find(`Hola${hidden} mundo`).findings[0]?.facts.hidden).toBe("ignore this");
    expect(found(`Hola😀${"\uFE01\uFE0A".repeat(3)}`)[0]?.[1]).toBe("high");
    expect(found(`Hola${"\u200B\u200C".repeat(8)} mundo`)[0]?.[1]).toBe("high");
  });
});

describe("controls of direction", () => {
  test.each([
    ["an override of letters", "archivo\u202Efdp\u202C.exe", "high", "\u202Efdp\u202C"],
    ["an override of nothing", "uno\u202E\u202C dos", "medium", "\u202E\u202C"],
    ["an embedding up to the end of the line", "uno \u202Bdos\ntres", "medium", "\u202Bdos"],
    ["an isolate of the text's own direction", "uno \u2068dos\u2069", "low", "\u2068dos\u2069"],
  ])("are found with what they govern: %s", (_, text, severity, place) => {
    expect(found(text)).toEqual([["bidi", severity, place]]);
  });

  test("and their marks are fine where something is written from right to left", () => {
    expect(found("La palabra \u2067שלום\u2069 y \u202Bمرحبا\u202C\u200F")).toEqual([]);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    ..."a o ο о а Α ｏ 𝗈 𝑥 \u200B \u200D \u00AD \uFEFF \uFE0F \u202E \u202C \u2068 \u{E0041} 😀 \ud800 \udc00 \n é".split(
      " ",
    ),
    " ",
  );

  test("has every place inside it, in order, at most fifty of a rule, the same each time", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
        const text = parts.join("");
        const { findings } = find(text);
        expect(find(text).findings).toEqual(findings);
        findings.forEach(({ span }, index) => {
          expect(span?.end).toBeGreaterThan(span?.start ?? 0);
          expect(span?.end).toBeLessThanOrEqual(text.length);
          expect(span?.start).toBeGreaterThanOrEqual(findings[index - 1]?.span?.start ?? 0);
        });
        expect(findings.length).toBeLessThanOrEqual(150);
      }),
    );
  });

  test("of Latin letters without marks of their own has no findings", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abcñáÜ ,.\n-2") }), (text) => {
        expect(find(text).findings).toEqual([]);
      }),
    );
  });

  test.each([
    ["letters of one word", "о"],
    ["mixed letters of one word", "oо"],
    ["zero-width spaces", "\u200B"],
    ["openers", "\u202E"],
    ["words with a zero-width space", "a\u200Bb "],
    ["disguised words", "fоrma "],
  ])("of 600,000 %s comes to its end", (_, piece) => {
    const { findings } = find(piece.repeat(600_000 / piece.length));
    expect(findings.length).toBeLessThanOrEqual(50);
  });
});
