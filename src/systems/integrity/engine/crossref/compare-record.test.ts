import fc from "fast-check";
import { expect, test } from "vitest";
import { titleSimilarity } from "./compare-record.ts";

test("titles are alike whatever their case, accents and order", () => {
  expect(
    titleSimilarity("La Evaluación Formativa: una revisión", "una revision de la evaluacion formativa"),
  ).toBe(1);
  expect(
    titleSimilarity(
      "Pedagogy of the oppressed people today",
      "Pedagogy of the Oppressed People Today: essays on power",
    ),
  ).toBe(1);
  expect(titleSimilarity("Historia de la lengua", "Manual de botánica general")).toBe(0);
  expect(titleSimilarity("Libro", "Libro de texto escolar")).toBeLessThan(0.9);
  expect(titleSimilarity("", "")).toBe(0);
});

test("similarity is symmetric and between 0 and 1", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
      const similarity = titleSimilarity(one, other);
      expect(similarity).toBe(titleSimilarity(other, one));
      expect(similarity).toBeGreaterThanOrEqual(0);
      expect(similarity).toBeLessThanOrEqual(1);
    }),
  );
});
