import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  EVIDENCES,
  type Evidence,
  type Level,
  PRODUCTS,
  type Product,
  ROLES,
  type Role,
} from "../../../contracts/integrity/index.ts";
import { recommend } from "./recommend.ts";
import { countFlags, type EvidenceStrengths, scoreEvidence, shownDimensions } from "./score-evidence.ts";

interface Vectors {
  readonly evidences: readonly Evidence[];
  readonly groups: readonly {
    role: Role;
    product: Product;
    rows: readonly [number, Level, number, number, number, number, number][];
  }[];
}

const VECTORS = new URL("../../../../tests/vectors/integrity-scores.json", import.meta.url);
const { evidences, groups } = JSON.parse(readFileSync(VECTORS, "utf8")) as Vectors;

function flags(...set: readonly Evidence[]): EvidenceStrengths {
  return Object.fromEntries(EVIDENCES.map((name) => [name, set.includes(name) ? 1 : 0])) as EvidenceStrengths;
}

const flagsOf = (mask: number) => flags(...evidences.filter((_, bit) => (mask >> bit) & 1));

test("agrees with the independent reference in every one of the 2,688 cases", () => {
  const disagreements: unknown[] = [];
  let count = 0;
  for (const { role, product, rows } of groups) {
    for (const [mask, expected] of rows.entries()) {
      const score = scoreEvidence(flagsOf(mask), role, product);
      const dimensions = Object.values(shownDimensions(score.adjusted));
      const got = [score.overall, score.level, score.confidence, ...dimensions];
      if (JSON.stringify(got) !== JSON.stringify(expected))
        disagreements.push({ role, product, mask, got, expected });
      count++;
    }
  }
  expect(disagreements).toEqual([]);
  expect(count).toBe(ROLES.length * PRODUCTS.length * 128);
});

test("gives the document's own example its real figures", () => {
  const example = flags("estilo_diferente", "sin_borradores", "datos_inconsistentes");
  const score = scoreEvidence(example, "Estudiante", "Ensayo");
  expect(score).toMatchObject({ overall: 30, level: "BAJO", confidence: 0.82 });
  expect(shownDimensions(score.adjusted)).toEqual({
    autoría: 32,
    tiempo: 40,
    referencias: 48,
    presentación: 0,
  });
  expect(countFlags(example)).toBe(3);
});

test("lies within the documented bounds when everything was observed", () => {
  const all = (role: Role) =>
    PRODUCTS.map((product) => scoreEvidence(flags(...EVIDENCES), role, product).overall);
  const bounds = (role: Role) => [Math.min(...all(role)), Math.max(...all(role))];
  expect(ROLES.map(bounds)).toEqual([
    [80, 100],
    [55, 84],
    [48, 72],
  ]);
});

describe("recommendations", () => {
  const lines = (role: Role, product: Product, ...set: readonly Evidence[]) =>
    recommend(scoreEvidence(flags(...set), role, product)).length;

  test("are two calm lines where nothing was observed", () => {
    expect(lines("Estudiante", "Ensayo")).toBe(2);
  });

  test("are three lines for ALTO, and two for every strong dimension", () => {
    expect(lines("Estudiante", "Otro", ...EVIDENCES)).toBe(3 + 8);
    expect(lines("Estudiante", "Otro", "imagenes_sospechosas")).toBe(2);
    expect(lines("Estudiante", "Otro", "imagenes_sospechosas", "datos_inconsistentes")).toBe(2);
  });
});
