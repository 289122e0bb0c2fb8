import { describe, expect, test } from "vitest";
import { findAuthorYearCitations } from "./author-year-citations.ts";
import { findNumericCitations } from "./numeric-citations.ts";

const cited = (text: string) =>
  findAuthorYearCitations(text).map(({ names, year, suffix }) => `${names} ${year}${suffix}`);
const sure = (text: string) => findAuthorYearCitations(text).some((citation) => citation.sure);

describe("citations by author and year", () => {
  test.each([
    ["Esto es así (García, 2015).", ["García 2015"]],
    ["Esto es así (García y López, 2015, p. 3).", ["García y López 2015"]],
    ["Así (García & López, 2015; Pérez et al., 2016b).", ["García & López 2015", "Pérez et al. 2016b"]],
    ["Así (véase García, 2010a, 2010b).", ["García 2010a", "García 2010b"]],
    ["Así (García 2015: 33).", ["García 2015"]],
    [
      "Así (cf. de la Torre, 2001; Organización Mundial de la Salud, 2020).",
      ["Torre 2001", "Organización Mundial de la Salud 2020"],
    ],
    ["Segundo Freire (1996, p. 25), ensinar exige.", ["Freire 1996"]],
    ["Así (SILVA; SOUZA, 2012, p. 7).", ["SOUZA 2012"]],
    ["García y López (2015) señalan que sí.", ["García y López 2015"]],
    ["Vygotsky (1978; 1986) insiste.", ["Vygotsky 1978", "Vygotsky 1986"]],
    ["As Smith et al. (2019) found, it works.", ["Smith et al. 2019"]],
    ["Así (Freud, 1920/1991).", ["Freud 1920"]],
    ["Así (Vygotsky, 1978, citado en Pérez, 2015).", ["Vygotsky 1978", "Pérez 2015"]],
    ["(Aristóteles, ca. 350)", []],
    ["Duró poco (1939-1945) y mal (2010).", []],
    ["Un 35 % (n = 2010) y (tabla 3, 2015 casos)", []],
    ["La Ley 100 (1993) y el artículo 5 (2001).", []],
    ["Habló con él (J. Pérez, comunicación personal, 3 de mayo de 2015).", []],
  ])("in %s", (text, expected) => {
    expect(cited(text)).toEqual(expected);
  });

  test("keep their place", () => {
    const text = "Como dicen García y López (2015, p. 3), sí (véase Pérez, 2016).";
    expect(findAuthorYearCitations(text).map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "García y López (2015",
      "Pérez, 2016",
    ]);
  });

  test("know both years of a reprint", () => {
    expect(findAuthorYearCitations("(Freud, 1920/1991)")[0]).toMatchObject({ year: 1920, otherYear: 1991 });
  });

  test.each([
    "Esto es así (García, 2015).",
    "García y López (2015) son dos.",
    "Según García (2015), no.",
    "García (2015) sostiene que sí.",
    "Smith et al. (2019)",
  ])("%s is surely one", (text) => {
    expect(sure(text)).toBe(true);
  });

  test.each([
    "la tragedia de Mariana (2015) y Brumadinho (2019)",
    "La conferencia (París, 2015) no sirvió.",
    "Nació en el pueblo (Colombia, 1950).",
    "El libro salió (Mayo, 2010).",
    "La Constitución (1988) lo dice.",
    "Se usó Word (2010).",
    "El Mundial (Brasil, 2014) pasó.",
    "Así (Vygotsky, 1978, citado en 2015)",
  ])("%s may be something else", (text) => {
    expect(sure(text.replace("(Vygotsky, 1978, citado en 2015)", ""))).toBe(false);
  });
});

describe("citations by number", () => {
  const numbers = (text: string) => findNumericCitations(text).map(({ numbers: own }) => own);

  test.each([
    ["Sí [1], no [2-5] y [1, 3].", [[1], [2, 3, 4, 5], [1, 3]]],
    ["Sí [12, p. 4].", [[12]]],
    ["Sí [3]-[5], y pegada[7] como a[10] y x1[2].", [[3], [3, 4, 5], [5], [7]]],
    [
      "Sí (1,2) y (4-6).",
      [
        [1, 2],
        [4, 5, 6],
      ],
    ],
    ["El intervalo [0, 1], el año [2015] y [5-2].", []],
    ["[1-900]", []],
  ])("in %s", (text, expected) => {
    expect(numbers(text)).toEqual(expected);
  });
});
