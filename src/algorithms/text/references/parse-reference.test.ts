import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseReference } from "./parse-reference.ts";

const surnames = (entry: string) => parseReference(entry).authors.map(({ surname }) => surname);

describe("an entry is read", () => {
  test("in APA, article", () => {
    expect(
      parseReference(
        "Pérez-López, J. M., & Rodríguez, A. (2019b). Evaluación formativa en la universidad: una revisión. Revista Iberoamericana de Educación, 81(2), 45-67. https://doi.org/10.35362/rie8123456",
      ),
    ).toMatchObject({
      authors: [
        { surname: "Pérez-López", given: "J. M." },
        { surname: "Rodríguez", given: "A." },
      ],
      year: 2019,
      yearSuffix: "b",
      yearFirst: true,
      title: "Evaluación formativa en la universidad: una revisión",
      container: "Revista Iberoamericana de Educación",
      volume: "81",
      issue: "2",
      pages: "45-67",
      doi: "10.35362/rie8123456",
      url: "https://doi.org/10.35362/rie8123456",
    });
  });

  test("in APA, chapter", () => {
    expect(
      parseReference(
        "Torres, C. A. (2009). La educación popular. En M. Gadotti (Coord.), Paulo Freire: una biobibliografía (pp. 115-130). Siglo XXI.",
      ),
    ).toMatchObject({
      title: "La educación popular",
      container: "Paulo Freire: una biobibliografía",
      pages: "115-130",
      publisher: "Siglo XXI",
      volume: "",
    });
  });

  test("in APA, thesis and body with its acronym", () => {
    expect(
      parseReference(
        "Martínez, L. (2018). Estrés académico en estudiantes [Tesis de maestría, Universidad de Chile]. https://repositorio.uchile.cl/handle/2250/1234",
      ),
    ).toMatchObject({ title: "Estrés académico en estudiantes", url: expect.stringContaining("2250/1234") });
    expect(
      parseReference(
        "Organización Mundial de la Salud [OMS]. (2020). Informe sobre la situación mundial. https://www.who.int/es",
      ),
    ).toMatchObject({
      authors: [{ surname: "Organización Mundial de la Salud", given: "" }],
      authorText: "Organización Mundial de la Salud [OMS]",
      year: 2020,
      title: "Informe sobre la situación mundial",
    });
  });

  test("in ABNT", () => {
    expect(
      parseReference(
        "SAVIANI, D.; SILVA, João Carlos da. Política educacional brasileira: limites. Revista de Educação PUC-Campinas, Campinas, n. 24, p. 7-16, jun. 2008.",
      ),
    ).toMatchObject({
      authors: [
        { surname: "SAVIANI", given: "D." },
        { surname: "SILVA", given: "João Carlos da" },
      ],
      year: 2008,
      yearFirst: false,
      title: "Política educacional brasileira: limites",
      container: "Revista de Educação PUC-Campinas",
      issue: "24",
      pages: "7-16",
    });
    expect(
      parseReference(
        "FREIRE, Paulo. Pedagogia da autonomia: saberes necessários. 25. ed. São Paulo: Paz e Terra, 1996.",
      ),
    ).toMatchObject({
      title: "Pedagogia da autonomia: saberes necessários",
      place: "São Paulo",
      publisher: "Paz e Terra",
      year: 1996,
    });
  });

  test("in Vancouver", () => {
    expect(
      parseReference(
        "3. Rodríguez CA, Gómez LF, Díaz M, et al. Prevalencia de diabetes en Colombia. Rev Salud Publica. 2018;20(3):345-52.",
      ),
    ).toMatchObject({
      label: "3",
      authors: [{ surname: "Rodríguez" }, { surname: "Gómez" }, { surname: "Díaz" }],
      title: "Prevalencia de diabetes en Colombia",
      container: "Rev Salud Publica",
      year: 2018,
      volume: "20",
      issue: "3",
      pages: "345-52",
    });
  });

  test("in IEEE", () => {
    expect(
      parseReference(
        '[1] J. K. Author and M. Writer, "Title of paper," IEEE Trans. Power Electron., vol. 12, no. 3, pp. 345-356, Mar. 2015, doi: 10.1109/TPEL.2015.1234567.',
      ),
    ).toMatchObject({
      label: "1",
      authors: [
        { surname: "Author", given: "J. K." },
        { surname: "Writer", given: "M." },
      ],
      title: "Title of paper",
      container: "IEEE Trans. Power Electron",
      volume: "12",
      issue: "3",
      pages: "345-356",
      year: 2015,
      doi: "10.1109/TPEL.2015.1234567",
      url: null,
    });
  });

  test("in Chicago, both ways", () => {
    expect(
      parseReference("Foucault, Michel. 2002. Vigilar y castigar. Buenos Aires: Siglo XXI Editores."),
    ).toMatchObject({ year: 2002, yearFirst: true, title: "Vigilar y castigar", place: "Buenos Aires" });
    expect(parseReference("Bourdieu, Pierre. La distinción: criterio. Taurus, 1998.")).toMatchObject({
      authors: [{ surname: "Bourdieu", given: "Pierre" }],
      year: 1998,
      yearFirst: false,
      title: "La distinción: criterio",
      publisher: "Taurus",
    });
  });

  test("with its accents apart from their letters", () => {
    expect(surnames("García, J. (2010). El árbol. Planeta.".normalize("NFD"))).toEqual(["García"]);
  });
});

test.each([
  ["van der Berg, P., & García Márquez, G. (2001). Libro.", ["van der Berg", "García Márquez"]],
  [
    "Hernández Sampieri, R., Baptista Lucio, P. y Fernández, C. (2014). Metodología.",
    ["Hernández Sampieri", "Baptista Lucio", "Fernández"],
  ],
  [
    "D. Callahan, S. Carr, and K. Kennedy. Improving register allocation. 1990.",
    ["Callahan", "Carr", "Kennedy"],
  ],
  ["Marc Shapiro and Susan Horwitz. Fast analysis. 1997.", ["Shapiro", "Horwitz"]],
  ["Lee, L. L., W. E. Howard, and R. E. Marsh. 1990. Acquired tolerance.", ["Lee", "Howard", "Marsh"]],
  ["Real Academia Española. (2014). Diccionario.", ["Real Academia Española"]],
  ["Congreso de Colombia. (8 de febrero de 1994). Ley General de Educación.", ["Congreso de Colombia"]],
  ["UNESCO. (2015). Replantear la educación.", ["UNESCO"]],
  ["Aristóteles. (ca. 350 a. C./1998). Ética a Nicómaco. Gredos.", ["Aristóteles"]],
])("the authors of %s", (entry, expected) => {
  expect(surnames(entry)).toEqual(expected);
});

describe("the year", () => {
  test.each([
    ["El País. (2021, 3 de marzo). La vacuna llega. El País.", 2021],
    ["Dawson, C. (15 de mayo de 2012). Un pueblo. Diario.", 2012],
    ["Ministerio de Salud. (2017). Plan Nacional Decenal 2016-2026. Bogotá.", 2017],
    ["Naciones Unidas (2015). Transformar nuestro mundo: la Agenda 2030.", 2015],
    ["Solon, G. Mobility. Handbook of labor economics, pp. 1761-1800. Elsevier, 1999.", 1999],
    ["Stein, S. Vassouras, 1850–1900. Cambridge: Harvard University Press, 1957.", 1957],
    ["Harris, M. (2020, en prensa). Nuevos rumbos. Alianza.", 2020],
  ])("of %s is %i", (entry, year) => {
    expect(parseReference(entry).year).toBe(year);
  });

  test("may be said to be missing", () => {
    for (const date of ["(s.f.)", "(n.d.)", "(en prensa)", "(in press)"]) {
      expect(parseReference(`Ministerio de Educación. ${date}. Lineamientos curriculares.`)).toMatchObject({
        year: null,
        undated: true,
      });
    }
  });

  test("is not taken from an address or from the day of a visit", () => {
    expect(
      parseReference(
        "Pérez, J. Guía de lectura. Recuperado el 12 de mayo de 2018 de https://example.org/2019/guia",
      ),
    ).toMatchObject({ year: null, title: "Guía de lectura", url: "https://example.org/2019/guia" });
  });
});

test("an address keeps its brackets and loses the sentence's", () => {
  expect(parseReference("A. B. Uno. (https://doi.org/10.1061/(ASCE)ST.1943-541X.0002949).").doi).toBe(
    "10.1061/(ASCE)ST.1943-541X.0002949",
  );
  expect(parseReference("https://www.gob.mx/salud").url).toBe("https://www.gob.mx/salud");
});

test("any text gives fields that are no longer than it and show nothing of how it was read", () => {
  const piece = fc.constantFrom(
    ..."García, J. |& |(2010). |El título |. |In |Proc. |12(3), |pp. 3-4 |vol. 7 |“|” |: |Madrid: |http://a.b/c |doi:10.1234/x |et al. |[1] |de la |; |, |— |(eds.) ".split(
      "|",
    ),
  );
  const entries = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(entries, (entry) => {
      const parsed = parseReference(entry);
      const { authors, raw, ...fields } = parsed;
      for (const value of [
        ...authors.flatMap((name) => [name.surname, name.given]),
        ...Object.values(fields),
      ]) {
        if (typeof value !== "string") continue;
        expect(value).not.toMatch(/[\uE000-\uE006]/);
        expect(value.length).toBeLessThanOrEqual(raw.length + 1);
      }
    }),
    { numRuns: 200 },
  );
});
