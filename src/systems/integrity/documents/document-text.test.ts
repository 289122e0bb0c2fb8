import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Break, DocumentText } from "./document-text.ts";

const hiddenOf = (text: DocumentText) => {
  const { text: whole, hidden } = text.finish();
  return hidden.map(({ start, end, reason }) => [whole.slice(start, end), reason]);
};

describe("DocumentText", () => {
  it("makes the strongest of several breaks, and none at its ends", () => {
    const text = new DocumentText();
    text.breakWith("\n\n");
    text.append("uno");
    text.breakWith("\n");
    text.breakWith("\n\n");
    text.breakWith("\t");
    const empty = text.openCell();
    text.breakWith("\n\n");
    text.closeCell(empty);
    const cell = text.openCell();
    text.append("dos");
    text.breakWith("\n\n");
    text.closeCell(cell);
    text.append("tres");
    text.breakWith("\n");
    expect(text.finish().text).toBe("uno\n\ndos\ttres");
  });

  it("makes one place of hidden pieces that follow each other, without the space at its ends", () => {
    const text = new DocumentText();
    text.append("visible ");
    text.append(" oculto", "white");
    text.append(" ");
    text.append("y más ", "white");
    text.breakWith("\n\n");
    text.append("también", "white");
    text.append("pequeño", "tiny");
    text.append(" fin ");
    text.append("  ", "white");
    text.append("otra vez", "white");
    expect(hiddenOf(text)).toEqual([
      ["oculto y más \n\ntambién", "white"],
      ["pequeño", "tiny"],
      ["otra vez", "white"],
    ]);
  });

  it("takes in another text with its hidden places", () => {
    const note = new DocumentText();
    note.append("la nota ");
    note.append("escondida", "not_shown");
    const text = new DocumentText();
    text.append("cuerpo");
    text.appendText(note);
    text.appendText(new DocumentText());
    text.append("fin");
    expect(text.finish().text).toBe("cuerpo\n\nla nota escondida\n\nfin");
    expect(hiddenOf(text)).toEqual([["escondida", "not_shown"]]);
  });

  it("puts a space for every control character, and mends lone surrogates", () => {
    const text = new DocumentText();
    text.append("a\0b\x1f\tc\nd\x85\ud800");
    expect(text.finish().text).toBe("a b \tc\nd \ufffd");
  });

  it("refuses more than two million code points, as soon as they cannot fit", () => {
    const text = new DocumentText();
    text.append("😀".repeat(2_000_000));
    expect(text.finish().text).toHaveLength(4_000_000);
    expect(() => text.append("x")).toThrow(/send it in parts/);
    const plain = new DocumentText();
    plain.append("x".repeat(2_000_001));
    expect(() => plain.finish()).toThrow(/2000000 characters/);
  });

  it("holds its hidden places in order and apart, whatever is appended", () => {
    const piece = fc.tuple(
      fc.string({ unit: "grapheme", maxLength: 5 }),
      fc.constantFrom(null, "white" as const, "tiny" as const),
      fc.constantFrom<Break>("", "\t", "\n", "\n\n"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = new DocumentText();
        for (const [words, reason, strength] of pieces) {
          text.append(words, reason);
          text.breakWith(strength);
        }
        const { text: whole, hidden } = text.finish();
        let until = 0;
        for (const { start, end } of hidden) {
          expect(start).toBeGreaterThanOrEqual(until);
          expect(whole.slice(start, end).trim()).toHaveLength(end - start);
          until = end;
        }
        expect(until).toBeLessThanOrEqual(whole.length);
      }),
    );
  });
});
