import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVIDENCES, PRODUCTS, ROLES, RULES, type RuleName } from "../../../contracts/integrity/index.ts";
import type { MeasuredFinding } from "../measurement.ts";
import { RULE_FACTS } from "../rule-facts.ts";
import { combineFindings } from "./combine-findings.ts";
import { type EvidenceStrengths, levelOf, scoreEvidence } from "./score-evidence.ts";

const anyFlags = fc
  .tuple(...EVIDENCES.map(() => fc.constantFrom(0, 1)))
  .map((bits) => Object.fromEntries(EVIDENCES.map((name, at) => [name, bits[at]])) as EvidenceStrengths);
const anyCase = fc.record({
  flags: anyFlags,
  role: fc.constantFrom(...ROLES),
  product: fc.constantFrom(...PRODUCTS),
});
const severity = fc.constantFrom("low", "medium", "high");

function finding(rule: RuleName, grade: MeasuredFinding["severity"], facts = {}): MeasuredFinding {
  const { dimension } = RULE_FACTS[rule];
  return { rule, dimension, severity: grade, value: 1, threshold: null, span: null, facts };
}

const anyFindings = (rules: readonly RuleName[]) =>
  fc.array(
    fc.tuple(fc.constantFrom(...rules), severity).map(([rule, grade]) => finding(rule, grade)),
    {
      maxLength: 60,
    },
  );

describe("the combined score", () => {
  test("is the headline exactly where nothing was found", () => {
    fc.assert(
      fc.property(anyCase, ({ flags, role, product }) => {
        const headline = scoreEvidence(flags, role, product);
        expect(combineFindings(flags, [], role, product)).toEqual({
          score: headline.overall,
          level: headline.level,
          suggested: [],
        });
      }),
    );
  });

  test("is never below the headline nor above 100, and its level is that of its score", () => {
    fc.assert(
      fc.property(anyCase, anyFindings(RULES), ({ flags, role, product }, findings) => {
        const { score, level } = combineFindings(flags, findings, role, product);
        expect(score).toBeGreaterThanOrEqual(scoreEvidence(flags, role, product).overall);
        expect(score).toBeLessThanOrEqual(100);
        expect(level).toBe(levelOf(score));
      }),
    );
  });

  test("does not depend on the order of the findings", () => {
    fc.assert(
      fc.property(anyCase, anyFindings(RULES), ({ flags, role, product }, findings) => {
        const backwards = combineFindings(flags, [...findings].reverse(), role, product);
        expect(backwards).toEqual(combineFindings(flags, findings, role, product));
      }),
    );
  });

  test("changes no level by the likelihood of machine text alone", () => {
    fc.assert(
      fc.property(anyCase, anyFindings(["machine_text.likelihood"]), ({ flags, role, product }, findings) => {
        expect(combineFindings(flags, findings, role, product).level).toBe(
          scoreEvidence(flags, role, product).level,
        );
      }),
    );
  });

  test("is not moved by similarity, phrases, characters or hidden text", () => {
    const silent = RULES.filter((rule) => RULE_FACTS[rule].evidence === null);
    expect(silent).toContain("similarity.passage");
    fc.assert(
      fc.property(anyCase, anyFindings(silent), ({ flags, role, product }, findings) => {
        expect(combineFindings(flags, findings, role, product).score).toBe(
          scoreEvidence(flags, role, product).overall,
        );
      }),
    );
  });
});

describe("suggested observations", () => {
  const none = Object.fromEntries(EVIDENCES.map((name) => [name, 0])) as EvidenceStrengths;
  const suggested = (findings: readonly MeasuredFinding[], flags = none) =>
    combineFindings(flags, findings, "Estudiante", "Tesis").suggested;

  test("follow from what was found, and are not repeated where a person made them", () => {
    const findings = [finding("statistics.p_value", "high"), finding("references.duplicate", "low")];
    expect(suggested(findings)).toEqual(["datos_inconsistentes"]);
    expect(suggested(findings, { ...none, datos_inconsistentes: 1 })).toEqual([]);
  });

  test("never say that a defence was weak: only a person can", () => {
    fc.assert(
      fc.property(anyFindings(RULES), (findings) => {
        expect(suggested(findings)).not.toContain("defensa_debil");
      }),
    );
  });

  test("of metadata are the ones that the finding names", () => {
    expect(suggested([finding("document.metadata", "medium", { evidence: "sin_borradores" })])).toEqual([
      "sin_borradores",
    ]);
  });
});
