import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareText } from "../prepared-text.ts";
import { findBibliography, findQuotations } from "./exclusions.ts";

const quotationsIn = (text: string) =>
  findQuotations(prepareText(text)).map(({ start, end }) => text.slice(start, end));
const bibliographyIn = (text: string) =>
  findBibliography(prepareText(text)).map(({ start, end }) => text.slice(start, end));

describe("quotations", () => {
  test.each([
    ["Dijo: «la lectura atenta no tiene sustituto» y calló.", ["«la lectura atenta no tiene sustituto»"]],
    ["He said “there is no substitute for reading” twice.", ["“there is no substitute for reading”"]],
    ['Says "there is no substitute for reading", he.', ['"there is no substitute for reading"']],
    ["Er sagte „nichts ersetzt das genaue Lesen“ dazu.", ["„nichts ersetzt das genaue Lesen“"]],
    ["‘There isn’t a substitute for it’, he said.", ["‘There isn’t a substitute for it’"]],
    ["« Rien ne remplace la lecture attentive »", ["« Rien ne remplace la lecture attentive »"]],
    ["«uno dos “tres cuatro cinco seis siete” ocho»", ["«uno dos “tres cuatro cinco seis siete” ocho»"]],
    ["> citado de otro\n> en dos líneas\nlo propio", ["> citado de otro\n> en dos líneas"]],
  ])("in %j are %j", (text, expected) => {
    expect(quotationsIn(text)).toEqual(expected);
  });

  test.each([
    'El llamado «índice de lectura» y el "factor" de ‘riesgo’.',
    "Don't say it's theirs, the dogs' and the cats' and 5\" by 7\" of 3 x > 2.",
    "",
  ])("%j has none", (text) => {
    expect(quotationsIn(text)).toEqual([]);
  });

  test("that are not closed swallow nothing, and hide none behind them", () => {
    const kept = "«esta cita tiene sus dos comillas»";
    expect(quotationsIn(`Empieza «aquí y sigue. Luego ${kept} y más`)).toEqual([kept]);
    expect(quotationsIn(`Empieza "aquí y sigue. Luego "una cita de cinco palabras cerrada" y más`)).toEqual([
      '"una cita de cinco palabras cerrada"',
    ]);
    expect(quotationsIn("Abre «una cita de cinco palabras\n\ny cierra en otro párrafo»")).toEqual([]);
    expect(quotationsIn(`Abre «${"muchas palabras ".repeat(130)}» tarde`)).toEqual([]);
    expect(quotationsIn(`Abre «${"muchas palabras ".repeat(120)}» a tiempo`).length).toBe(1);
  });

  test("are found in order without overlap, whatever the text", () => {
    const piece = fc.constantFrom(
      "«",
      "»",
      '"',
      "“",
      "”",
      "‘",
      "’",
      "„",
      " ",
      "una ",
      "dos tres ",
      "\n",
      "\n\n",
      "> ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join("");
        let behind = -1;
        for (const { start, end } of findQuotations(prepareText(text))) {
          expect(start).toBeGreaterThan(behind);
          expect(end).toBeLessThanOrEqual(text.length);
          behind = end;
        }
      }),
    );
  });

  test.each(["«", '"a ', "“a‘", "> \n", "«» ", "\n \n"])("end for a million of %j", (unit) => {
    expect(quotationsIn(unit.repeat(1_000_000 / unit.length)).length).toBeLessThan(2);
  });
});

const BODY = `Introducción\n\n${"El trabajo se ocupa de la lectura en la escuela. ".repeat(40)}\n\n`;
const ENTRIES = `García, A. (2015). La lectura atenta. Editorial Norte.\n
López, B. y Ruiz, C. (2018). Escribir en la universidad. https://doi.org/10.1234/abc\n
Pérez, D. (s.f.). El aula. Recuperado de http://ejemplo.org`;

describe("the bibliography", () => {
  test.each([
    "Referencias",
    "REFERENCIAS BIBLIOGRÁFICAS",
    "7. Bibliografía",
    "VI. Referencias:",
    "## References",
    "**Referências**",
    "Works Cited",
    "Obras citadas",
    "5.2 Lista de referencias",
  ])("begins at a line that reads %s", (heading) => {
    expect(bibliographyIn(`${BODY}${heading}\n\n${ENTRIES}`)).toEqual([`${heading}\n\n${ENTRIES}`]);
  });

  test.each(["Anexos", "Anexo A. Encuesta", "8. Apéndice", "Appendix 1", "Agradecimientos"])(
    "ends before %s",
    (next) => {
      const found = bibliographyIn(
        `${BODY}Referencias\n\n${ENTRIES}\n\n${next}\n\nLa encuesta de 2015 a los alumnos.`,
      );
      expect(found.map((part) => part.trimEnd())).toEqual([`Referencias\n\n${ENTRIES}`]);
    },
  );

  test("ends with its entries, where prose goes on behind them", () => {
    const prose = "La lectura en la escuela exige tiempo. ".repeat(40);
    expect(bibliographyIn(`${BODY}Referencias\n\n${ENTRIES}\n\n${prose}`)).toEqual([
      `Referencias\n\n${ENTRIES}`,
    ]);
  });

  test.each([
    [
      "a heading with prose behind it",
      `${BODY}Referencias\n\n${"La lectura exige tiempo y paciencia. ".repeat(40)}`,
    ],
    ["a line of the table of contents", `Índice\nReferencias\n\n${BODY}En 2015 se publicó.`],
    ["the word within a sentence", `${BODY}Las referencias de 2015 son estas.`],
    ["a heading that may be a chapter's", `${BODY}Fuentes\n\nEn 1898 se fundó la escuela, y en 1931 cerró.`],
    ["a heading at the very end", `${BODY}Referencias`],
    ["nothing", ""],
  ])("is absent where there is only %s", (_, text) => {
    expect(bibliographyIn(text)).toEqual([]);
  });

  test("is the last one where the heading stands twice", () => {
    const found = bibliographyIn(
      `${BODY}Referencias\n\nSe citan según 2015.\n\n${BODY}Referencias\n\n${ENTRIES}`,
    );
    expect(found).toEqual([`Referencias\n\n${ENTRIES}`]);
  });

  test.each(["\n", "Referencias\n", "1.1.1.1", "#*_", "2015 ", "\n2015"])(
    "ends for a million of %j",
    (unit) => {
      expect(bibliographyIn(unit.repeat(1_000_000 / unit.length)).length).toBeLessThan(2);
    },
  );
});
