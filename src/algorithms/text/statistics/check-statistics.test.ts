import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareText } from "../prepared-text.ts";
import { checkStatistics } from "./check-statistics.ts";

const check = (text: string) => checkStatistics(prepareText(text));

/** Severity and place of every finding. */
const found = (text: string) =>
  check(text).findings.map(({ rule, severity, span }) => [
    rule.replace("statistics.", ""),
    severity,
    span === null ? null : text.slice(span.start, span.end),
  ]);

describe("p values", () => {
  test.each([
    "t(28) = 2,20, p = ,036",
    "t(28)=2,20,p=,036",
    "t (gl = 28) = −2.20, d = 0.4, 95% CI [0.1, 0.5], p = .036",
    "t = 2,20; gl = 28; p = 0,036",
    "t28 = 2.20 (p = .036)",
    "F(2, 57) = 4.1; p < .05",
    "F(1,5, 42,3) = 3,2, p = ,06",
    "F2,57 = 4.10, P<.05",
    "χ²(1, N = 90) = 3.84, p = .05",
    "ji-cuadrado (2) = 9,21, valor p = 0,01",
    "qui-quadrado = 3,84; gl = 1; p = 0,05",
    "r(48) = .31, p = .028",
    "r = 0,45, n = 50, p < 0,001",
    "z = 1.96, p = .05",
    "z = -3.29; p = 1.0 × 10^-3",
    "Q(12) = 25,3; p = 0,013",
    "t(28) = 1.2, n.s.",
    "t(40) = 5.1, p = .000",
    "$t(28) = 2.20$, $p = .036$",
  ])("%s is read and agrees", (text) => {
    expect(check(text)).toMatchObject({ findings: [], signals: { tests: 1, tests_checked: 1 } });
  });

  test.each([
    ["t(28) = 2,20, p = ,038", "low"],
    ["t(28) = 2.20, p = .029", "medium"],
    ["t(28) = 2.20, p = .36", "high"],
    ["F(1, 30) = 4.0, p = .03", "high"],
    ["F(1, 30) = 4.10, p = .051", "low"],
    ["χ²(1) = 4.1, p < .001", "medium"],
    ["z = 1.90, p < .05", "medium"],
    ["t(28) = 5.2, n.s.", "high"],
  ])("%s does not agree: %s", (text, severity) => {
    expect(found(`Antes. ${text} (después).`)).toEqual([["p_value", severity, text]]);
  });

  test("that a one-sided test yields are fine where the text says so, and no hard evidence where it does not", () => {
    const test = "t(28) = 1.80, p = .041";
    expect(found(test)).toEqual([["p_value", "medium", test]]);
    expect(found(`Se usó un contraste unilateral: ${test}.`)).toEqual([]);
    expect(found(`One-tailed tests were used, ${test}.`)).toEqual([]);
  });

  test("that are larger than their statistic yields are fine where a correction is named, smaller ones are not", () => {
    const larger = "t(28) = 2.20, p = .11";
    expect(found(larger)).toEqual([["p_value", "high", larger]]);
    expect(found(`Con la corrección de Bonferroni, ${larger}.`)).toEqual([]);
    expect(found("With Bonferroni, t(28) = 2.20, p = .001.")).toHaveLength(1);
  });

  test("of other correlations are left alone", () => {
    expect(found("La correlación de Spearman fue r(48) = .31, p = .001")).toEqual([]);
  });

  test.each([
    "t(1,234) = 2.0, p = .001",
    "t1 = 3.4, p = .02",
    "p = .04",
    "t(28) = 2.2 y otra cosa, p = .5",
    "El 28 de mayo, F. Pérez (p. 5)",
  ])("are not made up: %s is not read", (text) => {
    expect(check(text).signals).toMatchObject({ tests: 0 });
  });

  test("carry what was reported, what was recomputed and the test", () => {
    const [finding] = check("t(28) = 2,20, p = ,36").findings;
    expect(finding).toMatchObject({
      value: 0.03623,
      facts: { test: "t", df: "28", reported: "p = ,36", recomputed: 0.03623, decision: 1 },
    });
  });
});

describe("means of whole answers", () => {
  const likert = (n: number, mean: string) =>
    `Los participantes (n = ${n}) respondieron en una escala Likert de 1 a 5 (M = ${mean}, DE = 0,8).`;

  test("must be a whole number over the sample", () => {
    expect(found(likert(25, "3,45"))).toEqual([["grim", "medium", "M = 3,45"]]);
    expect(check(likert(25, "3,45")).findings[0]?.facts).toMatchObject({ below: 3.44, above: 3.48 });
    expect(found(likert(25, "3,44"))).toEqual([]);
  });

  test("are not tested where the sample is too large for the digits, or answers are averaged", () => {
    expect(check(likert(150, "3,45")).signals).toMatchObject({ means_checked: 0 });
    expect(found(`La escala consta de ocho ítems. ${likert(25, "3,45")}`)).toEqual([]);
    expect(found("La altura (n = 25) fue alta (M = 3,45).")).toEqual([]);
  });

  test("that agree are those that some whole answers have, whatever they are", () => {
    const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 99 });
    fc.assert(
      fc.property(answers, (given) => {
        const mean = given.reduce((sum, answer) => sum + answer, 0) / given.length;
        expect(found(likert(given.length, mean.toFixed(2).replace(".", ",")))).toEqual([]);
      }),
    );
  });
});

describe("percentages", () => {
  test.each([
    ["Respondieron 34 (45,3 %) de 75 personas.", []],
    ["Respondieron 34 (54,3 %) de 75 personas.", [["percentage", "medium", "34 (54,3 %) de 75"]]],
    ["12 of 40 (35%) said so.", [["percentage", "medium", "12 of 40 (35%)"]]],
    ["12 de los 40 alumnos (30 %) aprobaron.", []],
    ["El 45 % (n = 9 de 20) aprobó.", []],
    ["El 46 % (9 de 20) aprobó.", [["percentage", "low", "46 % (9 de 20)"]]],
    ["El 60 % (9/20) aprobó.", [["percentage", "medium", "60 % (9/20)"]]],
    ["1.234 de 5.678 (21,7 %) votaron.", []],
    ["2 of 3 patients, 7 of 9 (77%), cut off.", []],
    ["En 12/2019 (30 %) hubo más.", []],
    ["The score was 2 of 4 (95% CI 1-3).", []],
    ["About 12 of 40 (about 35%).", []],
    ["Eran 34 (20 %) de 75 años o más.", []],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("of real counts never count as wrong, rounded or cut off", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 1800 }), fc.nat(), fc.nat({ max: 2 }), (whole, seed, digits) => {
        const part = seed % (whole + 1);
        const share = (100 * part) / whole;
        const cut = Math.floor(share * 10 ** digits + 1e-9) / 10 ** digits;
        for (const written of [share.toFixed(digits), cut.toFixed(digits)]) {
          expect(found(`Unos ${part} de ${whole} (${written} %) respondieron.`)).toEqual([]);
        }
      }),
    );
  });
});

describe("sums", () => {
  test.each([
    ["El 45 % eligió A, el 30 % eligió B y el 25 % restante no respondió.", []],
    [
      "El 45 % eligió A, el 30 % eligió B y el 35 % restante no respondió.",
      [["sum", "medium", "45 % eligió A, el 30 % eligió B y el 35 %"]],
    ],
    [
      "45% chose A, 30% chose B, and the remaining 23% chose C.",
      [["sum", "low", "45% chose A, 30% chose B, and the remaining 23%"]],
    ],
    ["El 45 % eligió A; de estos, el 30 % eligió B y el 35 % restante no.", []],
    ["El 20 % eligió D. El 45 % eligió A y el 35 % restante no respondió.", []],
    ["La mitad eligió A, el 30 % B y el 20 % restante C.", []],
    ["El 45 % eligió A y el 80 % eligió B.", []],
  ])("of percentages: %s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    [
      "De 120 participantes, 70 mujeres y 60 hombres.",
      [["sum", "medium", "120 participantes, 70 mujeres y 60 hombres"]],
    ],
    ["De 120 estudiantes, 70 eran mujeres y 50 hombres.", []],
    [
      "O estudo teve 80 alunos (50 meninas e 20 meninos).",
      [["sum", "low", "80 alunos (50 meninas e 20 meninos"]],
    ],
    ["We recruited 120 participants (70 women, 45 men and 5 others).", []],
    ["We recruited 120 participants (70 women and 45 men, and 5 non-binary people).", []],
    ["Los 120 alumnos incluyen 30 mujeres y 20 hombres de intercambio.", []],
    ["Un total de 120 alumnos. Hubo 30 mujeres y 20 hombres.", []],
  ])("of groups: %s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe("any text", () => {
  test("at most fifty findings of a rule are listed, and all are counted", () => {
    const { findings, signals } = check("t(28) = 2.20, p = .36. ".repeat(80));
    expect(findings).toHaveLength(50);
    expect(signals).toMatchObject({ tests: 80, decision_errors: 80, found: { "statistics.p_value": 80 } });
  });

  test("is read without failing, and every place lies inside it", () => {
    const pieces = fc.constantFrom(
      ..."t F r z Q χ² ( ) [ ] = , ; . < p n.s. 28 2,20 % de of restante M Likert n 100 y mujeres hombres participantes".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 3 }))), (parts) => {
        for (const text of [parts.join(""), parts.join(" ")]) {
          for (const { span } of check(text).findings) {
            expect(span?.start).toBeGreaterThanOrEqual(0);
            expect(span?.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
    );
  });

  test.each([
    ["commas", ","],
    ["spaces behind letters", `t${" ".repeat(1000)}`],
    ["tests without an end", "t(28) = 2.20, "],
    ["percent signs", "5 % (5 "],
  ])("of 400,000 %s comes to its end", (_, piece) => {
    expect(check(piece.repeat(Math.floor(400_000 / piece.length))).findings).toEqual([]);
  });
});
