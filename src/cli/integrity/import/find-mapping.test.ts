import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { readForeignSqlite } from "../../../platform/db/sqlite/read-foreign-sqlite.ts";
import { batchesOf } from "./batches.ts";
import { chooseTable } from "./choose-table.ts";
import { describePlaces } from "./find-mapping.ts";
import { readOldCase } from "./read-old-case.ts";
import { Row } from "./row-places.ts";

async function read(sql: string, table?: string) {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-import-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "old.db");
  const written = new DatabaseSync(path);
  written.exec(sql);
  written.close();
  const database = readForeignSqlite(path);
  try {
    const mapping = chooseTable("old.db", database, table);
    const { name, columns } = mapping.table;
    const cases = [...database.pages(name, columns, 100)]
      .flat()
      .map((values) => readOldCase(new Row(columns, values), mapping));
    return { mapping, cases, sent: cases.map((one) => one.sent) };
  } finally {
    database.close();
  }
}

test("takes Spanish names, and looks into JSON that holds JSON", async () => {
  const json = JSON.stringify({
    respuesta: {
      titulo: "Mi ensayo",
      autor: "Juan García",
      evidencias: { estilo_diferente: 1, sin_borradores: 1, datos_inconsistentes: 1, defensa_debil: 0 },
    },
  });
  const { mapping, sent } = await read(
    `create table registros (numero integer primary key, id_caso text, fecha_analisis text, rol text, tipo_producto text,
       puntaje integer, nivel text, confianza real, resultado text);
     create table resumen (id integer primary key, fecha text, total integer);
     insert into registros values (1, 'case_a1b2c3d4e5f6', '2026-01-30T10:30:00.123456', 'Estudiante', 'Ensayo', 30,
       'BAJO', 0.82, '${json}');
     insert into registros values (2, 'caso_17.5', '2026-01-31T00:00:00', 'Estudiante', 'Tesis', 45, '?', 0.9, null);`,
  );
  expect(mapping.table.name).toBe("registros");
  expect(describePlaces(mapping, "title")).toBe("resultado > respuesta > titulo");
  expect(describePlaces(mapping, "dimensions")).toBe("not found");
  expect(sent[0]).toEqual({
    case_id: "case_a1b2c3d4e5f6",
    title: "Mi ensayo",
    author: "Juan García",
    role: "Estudiante",
    product_type: "Ensayo",
    overall_score: 30,
    overall_level: "BAJO",
    confidence: 0.82,
    analyzed_at: Date.parse("2026-01-30T10:30:00.123Z"),
    dimensions: null,
    evidencias: { estilo_diferente: 1, sin_borradores: 1, datos_inconsistentes: 1, defensa_debil: 0 },
    texto: null,
  });
  expect(sent[1]).toMatchObject({ overall_score: 45, overall_level: null, title: null, evidencias: null });
});

test("takes English names in any case, a column for each observation, and scores from 0 to 1", async () => {
  const { mapping, cases, sent } = await read(
    `create table "Analysis Results" ("CaseID" text, "Overall Score" real, "RISK_LEVEL" text, "createdAt" integer,
       "Product-Type" text, "Role" text, "Title" text, ev_estilo_diferente int, ev_sin_borradores int, "Text" text,
       score_autoria real, score_tiempo real);
     insert into "Analysis Results" values
       ('c-1', 0.29, 'high', 1769769000, 'Thesis', 'Rector', 'T', 1, 0, '{no json', 0.4, 0.5),
       ('c-2', 0.9, 'low', 1769769000000, 'Novela', 'teacher', '', 0, null, 'x', null, null);`,
  );
  expect(mapping.scoresAreShares).toBe(true);
  expect(sent[0]).toMatchObject({
    case_id: "c-1",
    overall_score: 29,
    overall_level: "ALTO",
    analyzed_at: 1769769000000,
    product_type: "Tesis",
    role: null,
    evidencias: { estilo_diferente: 1, sin_borradores: 0 },
    texto: "{no json",
    dimensions: { autoría: 40, tiempo: 50 },
  });
  expect(sent[1]).toMatchObject({
    role: "Docente-investigador",
    product_type: null,
    title: null,
    dimensions: null,
  });
  expect(cases.map((one) => [one.unknownRole, one.unknownProduct])).toEqual([
    ["Rector", null],
    [null, "Novela"],
  ]);
});

test("looks into the API's answer where a column holds it", async () => {
  const { sent } = await read(
    `create table log (id integer primary key, at text, result blob);
     insert into log values (7, 'x', '{"status": "success", "case_id": "case_1", "analysis": {"overall_score": 45,
       "overall_level": "MEDIO", "dimensions": {"autoría": 30, "tiempo": 25}},
       "metadata": {"titulo": "A", "analyzed_at": "2026-01-30T10:30:00"}}');`,
  );
  expect(sent[0]).toMatchObject({
    case_id: "case_1",
    title: "A",
    overall_score: 45,
    dimensions: { autoría: 30, tiempo: 25 },
  });
});

test("a column of the right name but with other things in it is not taken", async () => {
  const { mapping } = await read(
    `create table casos (id text, puntaje int, fecha text, timestamp text, nivel int);
     insert into casos values ('a', 3, '2026-01-30', 'never', 7), ('b', 4, '2026-01-31', 'never', 8);`,
  );
  expect(mapping.fields.analyzed_at).toEqual([["fecha"]]);
  expect(mapping.fields.overall_level).toEqual([]);
});

test("says what is missing where no table holds cases, and takes the table that it is told to", async () => {
  await expect(read("create table casos (id text, titulo text); create table b (x)")).rejects.toMatchObject({
    code: "no_cases",
    message: expect.stringMatching(
      /The likeliest, casos, has no overall_score .* and no analyzed_at .*Found: b\(x\); casos\(id, titulo\)/,
    ),
  });
  await expect(read("create view v as select 1")).rejects.toThrow("has no tables; found: nothing");
  const two = `create table a (id text, score int, fecha text, titulo text); create table b (id text, score int, fecha text);
    insert into b values ('x', 1, '2026-01-30')`;
  expect((await read(two)).mapping.table.name).toBe("a");
  expect((await read(two, "b")).mapping.table.name).toBe("b");
  await expect(read(two, "c")).rejects.toThrow("has no table c; found: a(");
});

test("requests hold two hundred cases, fewer where they carry long texts", () => {
  const cases = (count: number, texto: string | null) =>
    Array.from({ length: count }, (_, index) => ({ case_id: `c${index}`, texto }));
  expect([...batchesOf(cases(401, null))].map((batch) => batch.length)).toEqual([200, 200, 1]);
  expect([...batchesOf(cases(5, "x".repeat(3_000_000)))].map((batch) => batch.length)).toEqual([2, 2, 1]);
  expect([...batchesOf([])]).toEqual([]);
});
