import { describe, expect, test } from "vitest";
import type { Facts } from "../../../algorithms/text/finding.ts";
import { LANGUAGES } from "../../../algorithms/text/language.ts";
import { referenceExplanations } from "./references.ts";

const many = {
  count: 6,
  total: 10,
  examples: ["Arias (2001)", "Bello (2002)", "Castro (2003)", "Duarte (2004)"],
};
const FACTS: Readonly<Record<keyof typeof referenceExplanations, readonly Facts[]>> = {
  "references.uncited": [{ entry: "Zamora, R. (2003)" }, many],
  "references.missing_entry": [
    { citation: "Torres (2015)" },
    { citation: "Torres (2015)", nearest: "Torres, A. (2016)" },
    { citation: "[9]", last: 4 },
    many,
    { count: 3, list: "none", examples: ["García (2010)"] },
  ],
  "references.future_year": [
    { entry: "Zamora, R. (2031)", year: 2031, current_year: 2026 },
    { entry: "Zamora, R. (2027)", year: 2027, current_year: 2026 },
  ],
  "references.malformed_doi": [{ doi: "10.12/abc", entry: "Zamora, R. (2003)" }],
  "references.duplicate": [{ entry: "Zamora, R. (2003)", title: "El porvenir" }],
  "references.mixed_style": ["numbering", "year_position", "citations"].map((kind) => ({
    kind,
    one: 7,
    other: 4,
  })),
  "references.missing_field": [{ entry: "Zamora", lacking: ["author", "year"] }, many],
  "references.unconfirmed": [
    {
      doi: "10.1234/x",
      title: "El porvenir",
      registered_title: "On whales",
      registered_author: "Melville",
      registered_year: "",
    },
  ],
};

describe.each(LANGUAGES)("in %s", (language) => {
  test.each(Object.entries(FACTS))("%s names its facts", (rule, facts) => {
    for (const each of facts) {
      const text = referenceExplanations[rule as keyof typeof FACTS][language](each);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(text).toMatch(/\.$/);
      const { entry, citation, doi } = each;
      for (const named of [entry ?? doi, citation])
        if (named !== undefined && rule !== "references.malformed_doi") expect(text).toContain(String(named));
    }
  });

  test("no one is told that a work was made up", () => {
    const all = Object.entries(FACTS).flatMap(([rule, facts]) =>
      facts.map((each) => referenceExplanations[rule as keyof typeof FACTS][language](each)),
    );
    expect(all.join(" ")).not.toMatch(
      /invent|fals|fake|fabricat|forjad|no existe|does not exist|não existe/i,
    );
  });
});

test("a few sentences as they are read", () => {
  const explain = referenceExplanations;
  expect(explain["references.missing_entry"].es({ citation: "[9]", last: 4 })).toBe(
    "La cita [9] no tiene entrada: la lista de referencias llega hasta el número 4.",
  );
  expect(explain["references.missing_field"].pt({ entry: "Zamora", lacking: ["author", "year"] })).toBe(
    "Na entrada “Zamora” não se encontra: autor, ano. Um formato pouco comum pode não ser bem lido.",
  );
  expect(explain["references.unconfirmed"].en(FACTS["references.unconfirmed"][0]!)).toContain(
    "belongs to another work (“Melville, On whales”) and not to “El porvenir”",
  );
});
