import { describe, expect, it } from "vitest";
import { documentExplanations } from "./documents.ts";

const LANGUAGES = ["es", "en", "pt"] as const;

describe.each(LANGUAGES)("what a file shows, in %s", (language) => {
  const { [language]: hidden } = documentExplanations["document.hidden_text"];
  const { [language]: metadata } = documentExplanations["document.metadata"];
  const { [language]: duplicate } = documentExplanations["images.duplicate"];

  it.each(["not_shown", "white", "tiny", "transparent", "outside_page"])(
    "explains text that is %s",
    (reason) => {
      const words = hidden({ reason, words: 12 });
      expect(words).toMatch(/12 .{100,}\.$/);
      expect(words).not.toMatch(/undefined|null/);
    },
  );

  it.each<Record<string, string | number>>([
    { kind: "no_drafts", words: 900, minutes: 1, editing_minutes: 0, revisions: 1 },
    { kind: "fast_writing", words: 9_000, editing_minutes: 20, words_per_minute: 450 },
    { kind: "clock", which: "after_submission", hours: 48 },
    { kind: "clock", which: "created_after_modified", hours: 48 },
    { kind: "other_editor", author: "Ana", last_modified_by: "Luis" },
  ])("explains a history of the kind $kind", (facts) => {
    const words = metadata(facts);
    for (const [name, value] of Object.entries(facts))
      if (name !== "kind" && name !== "which") expect(words).toContain(String(value));
    expect(words).not.toMatch(/undefined|null/);
  });

  it("explains pictures that stand twice in a document, or in another case", () => {
    const places = { image: 1, other_image: 3 };
    const exact = duplicate({ where: "document", match: "exact", ...places });
    expect(exact).toMatch(/1 (y|and|e) 3/);
    expect(duplicate({ where: "document", match: "similar", ...places, page: 4, other_page: 9 })).toMatch(
      /4 (y|and|e) 9/,
    );
    expect(duplicate({ where: "store", case_id: "case_1", title: "Tesis" })).toMatch(
      /\([«“]Tesis[»”], case_1\)/,
    );
    expect(duplicate({ where: "case", case_id: "case_1" })).toContain("(case_1)");
    expect(duplicate({ where: "store" })).not.toMatch(/undefined|\(\)/);
  });
});
