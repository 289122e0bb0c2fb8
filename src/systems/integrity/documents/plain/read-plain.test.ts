import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readHere } from "../testing.ts";

const WORDS = "Año “nuevo”\ncamión";
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

describe("plain text", () => {
  it.each([
    ["UTF-8", Buffer.from(WORDS)],
    ["UTF-8 with its mark", Buffer.from(`\ufeff${WORDS}`)],
    ["UTF-16, little end first", utf16(WORDS)],
    ["UTF-16, big end first", utf16(WORDS).swap16()],
    ["other line ends", Buffer.from(WORDS.replace("\n", "\r\n"))],
  ])("is decoded from %s", async (_, bytes) => {
    expect(await readHere(bytes, "a.txt")).toMatchObject({ format: "txt", text: WORDS, notes: [] });
  });

  it("is taken for Windows-1252 where it is no UTF-8, and says so", async () => {
    const bytes = Buffer.from("A\xf1o \x93nuevo\x94\ncami\xf3n", "latin1");
    expect(await readHere(bytes, "a.txt")).toMatchObject({ text: WORDS, notes: ["assumed_windows_1252"] });
  });

  it("keeps its white space and Markdown its marks; control characters become spaces", async () => {
    const text = "# Título\n\n* uno\t**dos**\n";
    expect(await readHere(text, "a.md")).toMatchObject({ format: "md", text });
    const long = "palabra ".repeat(50);
    expect((await readHere(`${long}a\0b\fc`, "LÉEME")).text).toBe(`${long}a b c`);
  });

  it("is refused when it is too long, empty, or no text at all", async () => {
    const refusalOf = (bytes: string | Uint8Array, name = "a.txt") =>
      readHere(bytes, name).then(
        () => "read",
        (error) => error.code,
      );
    expect(await refusalOf("x".repeat(8_000_005))).toBe("document_too_long");
    expect(await refusalOf("x".repeat(2_000_001))).toBe("document_too_long");
    expect(await refusalOf("")).toBe("document_without_text");
    expect(await refusalOf(" \n-- ")).toBe("document_without_text");
    for (const bytes of [randomBytes(5_000), "{\\rtf1 hola}", "%!PS-Adobe-3.0"])
      expect(await refusalOf(bytes)).toBe("unsupported_document");
  });
});
