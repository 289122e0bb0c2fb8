import { describe, expect, test } from "vitest";
import type { Finding } from "../finding.ts";
import { prepareText } from "../prepared-text.ts";
import { analyseReferences } from "./analyse-references.ts";

const ENTRIES = [
  "García, J. (2010). El libro de la historia americana. Planeta.",
  "López, M., & Pérez, A. (2012). Otra obra que leer con calma. Revista de Historia, 12(3), 45-67. https://doi.org/10.1234/abcd.5",
  "Organización Mundial de la Salud [OMS]. (2020). Informe sobre la situación mundial. https://www.who.int/es",
  "Ruiz, C., Soto, D., Vega, E., & Mora, F. (2018). Un estudio de muchos autores. Alianza.",
];
const BODY =
  "La historia cambia (García, 2010). López y Pérez (2012) señalan otra cosa, y la salud importa (OMS, 2020). Ruiz et al. (2018) lo confirman.";

const document = (body: string, entries: readonly string[], heading = "Referencias") =>
  `Título del ensayo\n\n${body}\n\n${heading}\n\n${entries.join("\n\n")}\n`;
const analyse = (text: string) => analyseReferences(prepareText(text), { currentYear: 2026 });
const brief = ({ rule, severity }: Finding) => `${rule.replace("references.", "")} ${severity}`;
const found = (text: string) => analyse(text).findings.map(brief);
const only = (text: string): Finding => {
  const { findings } = analyse(text);
  expect(findings).toHaveLength(1);
  return findings[0]!;
};
const placeOf = (text: string, { span }: Finding) =>
  span === null ? null : text.slice(span.start, span.end);

test("a text whose citations and entries agree gives nothing to look at", () => {
  const { findings, signals, coverage } = analyse(document(BODY, ENTRIES));
  expect(findings).toEqual([]);
  expect(coverage).toEqual({ done: true });
  expect(signals).toMatchObject({
    lists: 1,
    entries: 4,
    citations: 4,
    matched: 4,
    style: "author_year",
    with_doi: 1,
    with_url: 2,
  });
  expect(signals?.records[1]).toMatchObject({
    first_author: "López",
    authors: 2,
    year: 2012,
    title: "Otra obra que leer con calma",
    container: "Revista de Historia",
    doi: "10.1234/abcd.5",
  });
});

test("a text without citations and without a list is not analysed", () => {
  for (const text of [
    "",
    "La tragedia de Mariana (2015) y el Mundial (Brasil, 2014).",
    "Sin nada [1] y (2).",
  ]) {
    expect(analyse(text)).toMatchObject({ findings: [], coverage: { done: false, reason: "no_references" } });
  }
});

describe("references.uncited", () => {
  const extra = "Zamora, R. (2003). Un libro que nadie nombra. Gredos.";

  test("is an entry that the text never cites", () => {
    const text = document(BODY, [...ENTRIES, extra]);
    const finding = only(text);
    expect(finding).toMatchObject({
      rule: "references.uncited",
      severity: "low",
      facts: { entry: "Zamora, R. (2003)" },
    });
    expect(placeOf(text, finding)).toBe(extra);
  });

  test("is no entry whose author the text names without a year", () => {
    expect(found(document(`${BODY} También Zamora lo dijo.`, [...ENTRIES, extra]))).toEqual([]);
  });

  test("is an entry of an author who is cited for another work only", () => {
    const other = "García, J. (1999). Un libro anterior de historia antigua. Planeta.";
    expect(found(document(BODY, [...ENTRIES, other]))).toEqual(["uncited low"]);
  });

  test("is one finding where most entries are concerned", () => {
    const many = ["Arias", "Bello", "Castro", "Duarte", "Espinosa", "Franco"].map(
      (name, index) => `${name}, X. (200${index}). Un libro que nadie nombra. Gredos.`,
    );
    const text = document(BODY, [...ENTRIES, ...many]);
    const finding = only(text);
    expect(finding).toMatchObject({ severity: "medium", value: 6, facts: { count: 6, total: 10 } });
    expect(finding.facts.examples).toHaveLength(5);
    expect(placeOf(text, finding)).toBe("Referencias");
  });

  test("is nothing where no citation was understood, as with notes at the foot", () => {
    expect(found(document("Un texto con notas al pie.1 Y otra más.2", ENTRIES))).toEqual([]);
  });

  test("is by number in a numbered list", () => {
    const numbered = ENTRIES.map((entry, index) => `[${index + 1}] ${entry}`);
    expect(found(document("Uno [1], dos [2-3] y más [4].", numbered))).toEqual([]);
    expect(found(document("Uno [1], dos [2, 3].", numbered))).toEqual(["uncited low"]);
    expect(found(document("Uno (1), dos (2,3).", numbered))).toEqual(["uncited low"]);
  });
});

describe("references.missing_entry", () => {
  test("is a citation that the list has no entry for", () => {
    const text = document(`${BODY} Otros lo niegan (Torres, 2015).`, ENTRIES);
    const finding = only(text);
    expect(finding).toMatchObject({
      rule: "references.missing_entry",
      severity: "medium",
      facts: { citation: "Torres (2015)" },
    });
    expect(placeOf(text, finding)).toBe("Torres, 2015");
  });

  test("names the entry whose year differs, and is worth less", () => {
    const finding = only(document(`${BODY} Otra vez (García, 2011).`, ENTRIES));
    expect(finding).toMatchObject({ severity: "low", facts: { nearest: "García, J. (2010)" } });
  });

  test("is reported once per work", () => {
    expect(found(document(`${BODY} (Torres, 2015). (Torres, 2015). (Torres, 2015, p. 4).`, ENTRIES))).toEqual(
      ["missing_entry medium"],
    );
  });

  test.each([
    "En Mariana (2015) hubo una tragedia.",
    "La cumbre (París, 2015) y la Constitución (1991).",
    "Según la Ley General (1994), sí.",
    "Vygotsky (1978, citado en García, 2010) lo dijo.",
    "Don Quijote (1605) y Romeo y Julieta (1597) se leen.",
    "El Acuerdo (2016) y el Plan (Gobierno, 2018-2022).",
  ])("is not: %s", (sentence) => {
    expect(found(document(`${BODY} ${sentence}`, ENTRIES))).toEqual([]);
  });

  test("is found by acronym, by hyphenated half, by accents left out, by title", () => {
    const entries = [
      ...ENTRIES,
      "Gómez-Plata, Í. (2001). Un libro sobre las palabras. Gredos.",
      "Manual de estilo para trabajos académicos. (2014). Universidad Central.",
    ];
    const body = `${BODY} Sí (Organización Mundial de la Salud, 2020; Gomez, 2001; Manual de Estilo, 2014).`;
    expect(found(document(body, entries))).toEqual([]);
  });

  test("is one finding where the text cites works and has no list", () => {
    const text = "Así (García, 2010). También (López y Pérez, 2012). Y más (Ruiz et al., 2018).";
    expect(only(text)).toMatchObject({
      rule: "references.missing_entry",
      severity: "medium",
      value: 3,
      facts: { count: 3, list: "none" },
    });
    expect(found("Así (García, 2010). También (López y Pérez, 2012).")).toEqual([]);
  });

  test("is a number above the last one of the list", () => {
    const numbered = ENTRIES.map((entry, index) => `[${index + 1}] ${entry}`);
    const finding = only(document("Uno [1], dos [2-4] y nueve [9].", numbered));
    expect(finding).toMatchObject({ severity: "medium", facts: { citation: "[9]", last: 4 } });
  });
});

describe("references.future_year", () => {
  const dated = (year: number) =>
    document(`${BODY} Y (Zamora, ${year}).`, [
      ...ENTRIES,
      `Zamora, R. (${year}). El porvenir de la enseñanza. Gredos.`,
    ]);

  test("is high for a year that cannot have come, low for the next", () => {
    expect(found(dated(2026))).toEqual([]);
    expect(found(dated(2027))).toEqual(["future_year low"]);
    const text = dated(2031);
    const finding = only(text);
    expect(finding).toMatchObject({ severity: "high", value: 2031, threshold: 2026 });
    expect(placeOf(text, finding)).toBe("2031");
  });

  test("is not a year in a title or in pages", () => {
    const entries = [
      ...ENTRIES,
      "Naciones Unidas. (2015). Transformar nuestro mundo: la Agenda 2030.",
      "Zamora, R. (2003). Visión Colombia 2050. Revista de Futuro, 12(3), 2040-2051.",
    ];
    expect(found(document(`${BODY} (Naciones Unidas, 2015; Zamora, 2003)`, entries))).toEqual([]);
  });
});

describe("references.malformed_doi", () => {
  const withDoi = (doi: string) =>
    document(`${BODY} Y (Zamora, 2003).`, [
      ...ENTRIES,
      `Zamora, R. (2003). El porvenir de la enseñanza. Revista de Futuro, 3(2), 1-9. ${doi}`,
    ]);

  test.each([
    "https://doi.org/10.12/abc",
    "doi:10,1016/j.abc.2003",
    "doi: 101016/j.abc.2003",
    "https://doi.org/10.1016j.abc.2003",
  ])("%s", (doi) => {
    expect(found(withDoi(doi))).toEqual(["malformed_doi medium"]);
  });

  test.each([
    "https://doi.org/10.1016/j.abc.2003",
    "doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
    "https://doi.org/https://doi.org/10.1016/j.abc.2003",
    "https://doi.org/10.1016/\nj.abc.2003",
    "https://doi.org/gf4jmv",
    "doi:10/gf4jmv",
    "DOI en trámite",
    "https://doi.org/10.1000.10/123",
  ])("not %s", (doi) => {
    expect(found(withDoi(doi))).toEqual([]);
  });
});

describe("references.duplicate", () => {
  test("is an entry that stands twice", () => {
    const text = document(BODY, [
      ...ENTRIES,
      "García, J. (2010). El libro de la historia americana. Planeta.",
    ]);
    expect(found(text)).toEqual(["duplicate medium"]);
  });

  test("is not another part of the same work", () => {
    const part = (pages: string) =>
      `Zamora, R. (2003). Historia de las palabras. Revista de Letras, 3(2), ${pages}.`;
    expect(found(document(`${BODY} (Zamora, 2003)`, [...ENTRIES, part("1-9"), part("11-20")]))).toEqual([]);
  });
});

describe("references.mixed_style", () => {
  const apa = (index: number) =>
    `Autor${"abcdefghij"[index]}, X. (200${index}). Un libro cualquiera. Gredos.`;
  const mla = (index: number) =>
    `Autor${"abcdefghij"[index]}, X. Un libro cualquiera. Madrid: Gredos, 200${index}.`;
  const body = Array.from({ length: 10 }, (_, index) => `(Autor${"abcdefghij"[index]}, 200${index})`).join(
    " ",
  );
  const list = (firstMla: number) =>
    document(
      body,
      Array.from({ length: 10 }, (_, index) => (index < firstMla ? apa(index) : mla(index))),
    );

  test("is a list with the year here and there", () => {
    const finding = only(list(6));
    expect(finding).toMatchObject({
      rule: "references.mixed_style",
      severity: "low",
      facts: { kind: "year_position", one: 6, other: 4 },
    });
  });

  test("is not one or two that differ", () => {
    expect(found(list(8))).toEqual([]);
    expect(found(list(10))).toEqual([]);
  });
});

describe("references.missing_field", () => {
  test("is an entry without a year, or with nothing but an address", () => {
    const entries = ["https://www.gob.mx/salud", ...ENTRIES, "García, J. Un libro con pocos datos. Planeta."];
    expect(
      analyse(document(BODY, entries)).findings.filter(({ rule }) => rule.endsWith("field")),
    ).toMatchObject([
      { severity: "low", facts: { lacking: ["author", "year", "title"] } },
      { severity: "low", facts: { lacking: ["year"] } },
    ]);
  });

  test("is not an entry that says that it has no date", () => {
    const entries = [...ENTRIES, "García, J. (s.f.). Un libro sin fecha alguna. Planeta."];
    expect(
      found(document(`${BODY} (García, s.f.)`, entries)).filter((one) => one.startsWith("missing")),
    ).toEqual([]);
  });
});

test("entries in other scripts are let be", () => {
  const entries = [
    ...ENTRIES,
    "Маринов, Димитър. История на българската литература. Пловдив: Данов.",
    "舒仁輝 ， 《東都事略與宋史比較研究》 。 北京 ： 商務。",
  ];
  expect(found(document(BODY, entries, "## Referencias"))).toEqual([]);
});

test("findings of one rule are bounded, and their number is told", () => {
  const missing = Array.from(
    { length: 400 },
    (_, index) =>
      `(Aut${"abcdefghij"[index % 10]}${"abcdefghij"[Math.floor(index / 10) % 10]}o, ${1960 + (index % 60)})`,
  );
  const entries = Array.from(
    { length: 600 },
    (_, index) =>
      `Nom${"abcdefghij"[index % 10]}${"abcdefghij"[Math.floor(index / 10) % 10]}, X. (${1950 + (index % 70)}). Un libro cualquiera. Gredos.`,
  );
  const { findings, signals } = analyse(document(`${BODY} ${missing.join(" ")}`, [...ENTRIES, ...entries]));
  expect(findings.length).toBeLessThan(60);
  expect(signals?.records).toHaveLength(500);
  expect(signals?.entries).toBe(604);
});

test("findings keep the order of the text", () => {
  const text = document(`${BODY} (Torres, 2015)`, [
    ...ENTRIES,
    "Zamora, R. (2031). El porvenir de la enseñanza. Gredos.",
  ]);
  const starts = analyse(text).findings.map(({ span }) => span?.start ?? 0);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test("a long list in one piece, a million commas and the like are read in bounded time", () => {
  for (const text of [
    `Referencias\n${"García, J., ".repeat(20_000)}`,
    `Referencias\n${"(".repeat(200_000)}`,
    "(García y López, 2015) ".repeat(10_000),
    `Referencias\n${`${ENTRIES[0]}\n`.repeat(5_000)}`,
  ]) {
    expect(analyse(text).findings.length).toBeLessThan(200);
  }
});
