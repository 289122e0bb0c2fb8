import { expect, test } from "vitest";
import { EVIDENCES, PRODUCTS, REPORT_LANGUAGES, ROLES } from "../../../contracts/integrity/index.ts";
import { recommend } from "../scoring/recommend.ts";
import { type EvidenceStrengths, scoreEvidence } from "../scoring/score-evidence.ts";
import { wordsOf } from "./words.ts";

/** Every word of a language by its path; functions by what they say of `x`. */
function flatten(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value("x", "x", "x", "x"))]];
  return Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, `${path}/${key}`));
}

const spoken = Object.fromEntries(
  REPORT_LANGUAGES.map((language) => [
    language,
    new Map(flatten({ ...wordsOf(language), recommendations: {} })),
  ]),
);

test("no word is missing in any language", () => {
  for (const language of REPORT_LANGUAGES) {
    expect([...spoken[language]!.keys()]).toEqual([...spoken.es!.keys()]);
    for (const [path, word] of spoken[language]!) expect([path, word.trim()]).not.toEqual([path, ""]);
  }
});

test("sentences differ between the languages", () => {
  for (const [path, sentence] of spoken.es!) {
    if (sentence.split(" ").length < 5) continue;
    expect([path, spoken.en!.get(path)]).not.toEqual([path, sentence]);
    expect([path, spoken.pt!.get(path)]).not.toEqual([path, sentence]);
  }
});

test("every recommendation of the formula is known in the other languages", () => {
  const lines = new Set<string>();
  for (let mask = 0; mask < 128; mask++) {
    const flags = Object.fromEntries(EVIDENCES.map((name, bit) => [name, (mask >> bit) & 1]));
    for (const role of ROLES) {
      for (const product of PRODUCTS) {
        for (const line of recommend(scoreEvidence(flags as EvidenceStrengths, role, product)))
          lines.add(line);
      }
    }
  }
  expect(lines.size).toBe(13);
  for (const line of lines) {
    expect(wordsOf("en").recommendations[line]).toBeTruthy();
    expect(wordsOf("pt").recommendations[line]).toBeTruthy();
  }
});
