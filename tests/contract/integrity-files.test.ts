import { describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/integrity/index.ts";
import { drawDocx, paragraph } from "../support/drawn-documents/word-files.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { PLAIN_TEXT, useIntegrityServer } from "../support/integrity-server.ts";
import { type Answer, send } from "../support/requests.ts";

const { url } = useIntegrityServer();

async function post(
  path: string,
  fields: Readonly<Record<string, string>>,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of Object.entries(files))
    form.append("file", new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(url(path), { method: "POST", body: form });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const picture = async (seed: number) =>
  Buffer.from(await (await discPng(seed, undefined, 400)).arrayBuffer());
const docx = (text: string, media: Readonly<Record<string, Buffer>> = {}) =>
  drawDocx({ body: paragraph(text), media });

describe("POST /api/analyze/file", () => {
  test("reads the file, takes metadata as JSON or field by field, and keeps the file", async () => {
    const bytes = docx(`${PLAIN_TEXT} En un archivo.`);
    const fields = {
      metadata: JSON.stringify({ rol: "Estudiante", tipo_producto: "Tesis", autor: "Ana" }),
      titulo: "Mi tesis",
      evidencias: JSON.stringify({ sin_borradores: 1 }),
    };
    const { status, body } = await post("/api/analyze/file", fields, { "tesis final.docx": bytes });
    expect(status, JSON.stringify(body)).toBe(201);
    contract.AnalyzeAnswer.parse(body);
    expect(body.analysis).toMatchObject({ overall_score: 15, dimensions: { tiempo: 60 } });
    const path = url(`/api/case/${body.case_id}`);
    const found = (await send("GET", path)).body.case;
    expect(found).toMatchObject({
      title: "Mi tesis",
      author: "Ana",
      product_type: "Tesis",
      text_kept: true,
      derivation: { role_factor: 1, product_factor: 1.2 },
      file: { filename: "tesis final.docx", format: "docx", kept: true },
    });
    const observed = found.derivation.observations.filter(({ observed }: { observed: boolean }) => observed);
    expect(observed).toEqual([{ name: "sin_borradores", dimension: "tiempo", weight: 0.5, observed: true }]);
    expect((await send("GET", `${path}/text`)).body.texto).toContain("En un archivo.");
    const kept = await fetch(`${path}/file`);
    expect(kept.headers.get("content-disposition")).toContain("tesis%20final.docx");
    expect(Buffer.from(await kept.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    await send("DELETE", path);
    expect((await fetch(`${path}/file`)).status).toBe(404);
  });

  test("a picture of another case's file is found, but not one that everybody has", async () => {
    const seal = await picture(1);
    const graph = await picture(2);
    const check = async (name: string, media: Readonly<Record<string, Buffer>>) => {
      const bytes = docx(`${PLAIN_TEXT} Documento ${name}, sin más parecido que sus imágenes.`, media);
      const { body } = await post(
        "/api/analyze/file",
        { rol: "Estudiante", tipo_producto: "Ensayo" },
        { [`${name}.docx`]: bytes },
      );
      return body;
    };
    const first = await check("uno", { "a.png": seal, "b.png": graph });
    await check("dos", { "a.png": seal });
    await check("tres", { "a.png": seal });
    const { analysis } = await check("cuatro", { "a.png": seal, "b.png": graph });
    const found = analysis.measured.findings.filter(
      ({ rule }: { rule: string }) => rule === "images.duplicate",
    );
    expect(found).toMatchObject([
      { dimension: "presentación", span: null, facts: { where: "store", case_id: first.case_id } },
    ]);
  });

  test.each([
    ["no file", {}, {}, "INVALID_REQUEST"],
    ["metadata that is no JSON", { metadata: "{" }, { "a.txt": Buffer.from(PLAIN_TEXT) }, "INVALID_REQUEST"],
    ["a short text", {}, { "a.txt": Buffer.from("corto") }, "INVALID_TEXT"],
    ["a program", {}, { "a.exe": Buffer.from("MZ\u0000\u0001\u0002\u0003") }, "UNSUPPORTED_DOCUMENT"],
    ["half a DOCX", {}, { "a.docx": docx(PLAIN_TEXT).subarray(0, 300) }, "DOCUMENT_UNREADABLE"],
  ] as const)("refuses %s", async (_what, fields, files, code) => {
    const { status, body } = await post("/api/analyze/file", fields, files);
    expect([status, body.code]).toEqual([400, code]);
  });
});

test("files become sources; one that cannot be read fails alone", async () => {
  const { status, body } = await post(
    "/api/sources",
    { autor: "Biblioteca" },
    { "uno.docx": docx(`${PLAIN_TEXT} Fuente en archivo.`), "dos.pdf": Buffer.from("%PDF-1.4 nada") },
  );
  expect(status).toBe(201);
  expect(body.sources).toMatchObject([{ autor: "Biblioteca" }]);
  expect(body.failed).toMatchObject([{ filename: "dos.pdf", code: "DOCUMENT_UNREADABLE" }]);
});
