import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findBibliographies } from "./bibliography.ts";
import { closesBibliography, isBibliographyHeading } from "./bibliography-heading.ts";

const A = "García, J. (2010). El libro de la historia. Planeta.";
const B = "López, M., & Pérez, A. (2012). Otra obra que leer. Revista de Historia, 12(3), 45-67.";
const C = "UNESCO. (2015). Replantear la educación. https://unesdoc.unesco.org/ark:/48223";

const entriesOf = (text: string) =>
  findBibliographies(text).flatMap(({ entries }) => entries.map(({ start, end }) => text.slice(start, end)));

describe("a heading", () => {
  test.each([
    "Referencias",
    "REFERENCIAS BIBLIOGRÁFICAS",
    "## Referencias",
    "**Bibliografía**",
    "7. Referencias bibliográficas",
    "VII. BIBLIOGRAFÍA",
    "6.2 Bibliografía consultada:",
    "Capítulo 6. Bibliografía",
    "Referencias y bibliografía",
    "Bibliografía y webgrafía",
    "Obras citadas",
    "References",
    "Works Cited",
    "Reference list",
    "5 References",
    "Referências",
    "REFERÊNCIAS BIBLIOGRÁFICAS",
    "Fontes consultadas",
  ])("%s opens a list", (line) => {
    expect(isBibliographyHeading(line)).toBe(true);
  });

  test.each([
    "Referencias ........ 45",
    "Referencias teóricas del estudio",
    "Las referencias de este trabajo son:",
    "Revisión bibliográfica",
    "Marco de referencia",
    "",
  ])("%s does not", (line) => {
    expect(isBibliographyHeading(line)).toBe(false);
  });

  test.each(["Anexos", "ANEXO A. Encuesta", "Apéndice 1", "Appendix B", "## Agradecimientos", "Notas"])(
    "%s closes it",
    (line) => {
      expect(closesBibliography(line)).toBe(true);
    },
  );

  test.each(["Anexo, J. (2010). Título.", "Notas, P. 2011", "Apéndice de obras de García, 1998"])(
    "%s does not",
    (line) => {
      expect(closesBibliography(line)).toBe(false);
    },
  );
});

describe("entries are parted", () => {
  const whole = [A, B, C];
  const wrapped = [
    "García, J. (2010). El libro de la historia de los pueblos que vivieron en",
    "los valles del sur. Planeta.",
    "López, M., & Pérez, A. (2012). Otra obra que leer con atención y con mucho",
    "cuidado. Revista de Historia, 12(3), 45-67.",
    "UNESCO. (2015). Replantear la educación.",
    "https://unesdoc.unesco.org/ark:/48223",
  ];

  test("one per line", () => {
    expect(entriesOf(`Texto.\n\nReferencias\n${whole.join("\n")}\n`)).toEqual(whole);
  });

  test("by empty lines", () => {
    expect(entriesOf(`Texto.\n\nReferencias\n\n${whole.join("\n\n")}`)).toEqual(whole);
  });

  test("by numbers, with lines that hang", () => {
    const text = `Texto.\n\nReferencias\n[1] ${wrapped[0]}\n${wrapped[1]}\n[2] ${wrapped[2]}\n${wrapped[3]}`;
    expect(entriesOf(text)).toEqual([`[1] ${wrapped[0]}\n${wrapped[1]}`, `[2] ${wrapped[2]}\n${wrapped[3]}`]);
    expect(
      entriesOf(`Referencias\n${whole.map((entry, index) => `${index + 1}. ${entry}`).join("\n")}`),
    ).toHaveLength(3);
  });

  test("by bullets", () => {
    expect(entriesOf(`Referencias\n- ${whole.join("\n- ")}`)).toEqual(whole.map((entry) => `- ${entry}`));
  });

  test("by indentation", () => {
    const hanging = wrapped.map((line, index) => (index % 2 === 1 ? `    ${line}` : line)).join("\n");
    expect(entriesOf(`Referencias\n${hanging}`)).toHaveLength(3);
  });

  test("by how they begin, where lines are broken", () => {
    expect(entriesOf(`Referencias\n${wrapped.join("\n")}`)).toEqual([
      `${wrapped[0]}\n${wrapped[1]}`,
      `${wrapped[2]}\n${wrapped[3]}`,
      `${wrapped[4]}\n${wrapped[5]}`,
    ]);
  });

  test("without page numbers and headings between them", () => {
    expect(entriesOf(`Referencias\n\nLibros\n\n${A}\n\n23\n\nArtículos\n\n${B}`)).toEqual([A, B]);
  });
});

describe("a list of references", () => {
  test("ends at the annexes", () => {
    expect(entriesOf(`Referencias\n${A}\n${B}\n\nAnexo A. Encuesta\n\n1. ¿Qué edad tiene? (2010)`)).toEqual([
      A,
      B,
    ]);
  });

  test("may stand at the end of each chapter", () => {
    const text = `# Uno\n\nTexto.\n\n## Referencias\n\n${A}\n\n${B}\n\n# Dos\n\nTexto.\n\n## Referencias\n\n${C}\n`;
    expect(findBibliographies(text).map(({ entries }) => entries.length)).toEqual([2, 1]);
  });

  test("may begin on the line of its heading", () => {
    expect(entriesOf(`Texto.\n\nReferencias: ${A}\n${B}`)).toEqual([A, B]);
  });

  test("is found without a heading where entries end the text", () => {
    expect(entriesOf(`Un texto largo.\n\n${A}\n${B}\n${C}`)).toEqual([A, B, C]);
  });

  test("is not the line of a table of contents, nor a chapter about sources", () => {
    expect(findBibliographies(`Índice\nIntroducción\nReferencias\nAnexos\n\nTexto del trabajo.`)).toEqual([]);
    const prose = "Las fuentes de energía se agotan con rapidez y nadie sabe qué hacer. ".repeat(6);
    expect(findBibliographies(`Fuentes\n\n${prose}\n\n${prose}\n\n${prose}`)).toEqual([]);
  });

  test("is over where prose goes on", () => {
    const prose = "La vida sigue después de la lista y nadie la cita con año alguno. ".repeat(6);
    expect(entriesOf(`Referencias\n\n${A}\n\n${B}\n\n${prose}\n\n${prose}\n\n${prose}`)).toEqual([A, B]);
  });

  test("has its entries inside it and in order, whatever the text", () => {
    const line = fc.oneof(
      fc.constantFrom(
        A,
        B,
        C,
        "Referencias",
        "Anexos",
        "",
        "  ",
        "[1] Uno",
        "2. Dos (2010)",
        "- tres",
        "23",
        "## Cuatro",
      ),
      fc.string({ unit: "binary", maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join("\n");
        let end = 0;
        for (const { span, entries } of findBibliographies(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          end = span.start;
          for (const entry of entries) {
            expect(entry.start).toBeGreaterThanOrEqual(end);
            expect(entry.end).toBeGreaterThan(entry.start);
            end = entry.end;
          }
          expect(span.end).toBe(end);
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
