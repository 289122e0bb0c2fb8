import { describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/integrity/index.ts";
import { METADATA, PLAIN_TEXT, useIntegrityServer } from "../support/integrity-server.ts";
import { type Answer, postJson, send } from "../support/requests.ts";

const ADMIN = { QUATRAIN_ADMIN_EMAIL: "ana@uni.example", QUATRAIN_ADMIN_PASSWORD: "correct horse battery" };
const { url, analyse } = useIntegrityServer(ADMIN);

const PASSAGE =
  "El agua de la ciudad llega desde un embalse construido hace noventa años, cuando nadie imaginaba que el valle " +
  "tendría medio millón de habitantes. Cada verano el nivel baja hasta mostrar las ruinas del molino, y los vecinos " +
  "discuten si conviene levantar otra presa o reparar las tuberías que pierden un tercio del caudal.";

const put = async (path: string, body: object): Promise<Answer> => {
  const response = await fetch(url(path), {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

/** What was measured, once nothing is under way any more. */
async function measuredAfter(jobId: string, caseId: string) {
  await expect
    .poll(async () => (await send("GET", url(`/_/api/jobs/${jobId}`))).body.state, { timeout: 20_000 })
    .toBe("completed");
  return (await send("GET", url(`/api/case/${caseId}`))).body.case.measured;
}

describe("sources and similarity", () => {
  test("a copied passage is found in a source, with its place on both sides", async () => {
    const source = await postJson(url("/api/sources"), {
      texto: `Introducción propia de la fuente. 😀 ${PASSAGE}`,
      titulo: "Historia del agua",
      autor: "C. Ruiz",
      url: "https://example.org/agua",
    });
    expect(source.status).toBe(201);
    contract.Source.parse(source.body.sources[0]);
    const texto = `${PLAIN_TEXT} 😀 ${PASSAGE} ${PLAIN_TEXT}`;
    const { body } = await analyse(texto);
    const { findings, similarity } = body.analysis.measured;
    const found = findings.find(({ rule }: { rule: string }) => rule === "similarity.passage");
    expect(found.source).toMatchObject({ kind: "source", id: source.body.id, title: "Historia del agua" });
    const slice = (text: string, { start, end }: { start: number; end: number }) =>
      [...text].slice(start, end).join("");
    expect(slice(texto, found.span)).toBe(PASSAGE.slice(0, -1));
    const stored = await send("GET", url(`/api/sources/${source.body.id}`));
    expect(slice(stored.body.source.texto, found.source.span)).toBe(PASSAGE.slice(0, -1));
    expect(similarity[0]).toMatchObject({ id: source.body.id, author: "C. Ruiz" });
    expect(similarity[0].share).toBeGreaterThan(0.3);

    expect((await send("DELETE", url(`/api/sources/${source.body.id}`))).body.deleted).toBe(true);
    const after = (await send("GET", url(`/api/case/${body.case_id}`))).body.case.measured;
    expect(after.similarity.map(({ id }: { id: string }) => id)).not.toContain(source.body.id);
    expect((await send("GET", url(`/api/sources/${source.body.id}`))).body.code).toBe("NOT_FOUND");
  });

  test("exclusions are switched after submission, and a job evaluates again", async () => {
    const quoted = PASSAGE.replaceAll("agua", "energía").replaceAll("embalse", "parque eólico");
    await postJson(url("/api/sources"), { texto: `Otra fuente. ${quoted}`, titulo: "Energía" });
    const texto = `${PLAIN_TEXT} Como dice la fuente, «${quoted}» (Ruiz, 2020). ${PLAIN_TEXT}`;
    const { body } = await analyse(texto);
    const passages = (measured: { findings: { rule: string; facts: { quoted: number } }[] }) =>
      measured.findings.filter(({ rule, facts }) => rule === "similarity.passage" && facts.quoted === 1)
        .length;
    expect(passages(body.analysis.measured)).toBeGreaterThan(0);
    const changed = await put(`/api/case/${body.case_id}/exclusions`, { quotations: true });
    expect(changed).toMatchObject({
      status: 202,
      body: { exclusions: { quotations: true, bibliography: true } },
    });
    const without = await measuredAfter(changed.body.job_id, body.case_id);
    expect(passages(without)).toBe(0);
    expect(without.exclusions.quotations).toBe(true);
    const back = await put(`/api/case/${body.case_id}/exclusions`, { quotations: false });
    expect(passages(await measuredAfter(back.body.job_id, body.case_id))).toBeGreaterThan(0);
  });

  test("the same author's own text is shown as such, and left out on request", async () => {
    const own = PASSAGE.replaceAll("ciudad", "comarca").replaceAll("verano", "invierno");
    const metadata = { ...METADATA, autor: "Inés Prado" };
    const first = await analyse(own, {}, metadata);
    const second = await analyse(`${own} Y nada más.`, {}, { ...metadata, autor: "  INES   prado" });
    const mine = second.body.analysis.measured.similarity.find(
      ({ id }: { id: string }) => id === first.body.case_id,
    );
    expect(mine).toMatchObject({ same_author: true });
    const changed = await put(`/api/case/${second.body.case_id}/exclusions`, { same_author: true });
    const measured = await measuredAfter(changed.body.job_id, second.body.case_id);
    expect(measured.similarity.map(({ id }: { id: string }) => id)).not.toContain(first.body.case_id);
  });

  test("text that was declared a template does not count", async () => {
    const template = PASSAGE.replaceAll("vecinos", "alumnos").replaceAll("molino", "laboratorio");
    await postJson(url("/api/sources"), { texto: template, titulo: "Guía", tipo: "plantilla" });
    await analyse(
      `${template} Respuesta primera, bien distinta de cualquier otra.`,
      {},
      { ...METADATA, autor: "Uno" },
    );
    const { body } = await analyse(`${template} Segunda.`, {}, { ...METADATA, autor: "Dos" });
    expect(body.analysis.measured.similarity).toEqual([]);
    const changed = await put(`/api/case/${body.case_id}/exclusions`, { template: false });
    expect((await measuredAfter(changed.body.job_id, body.case_id)).similarity.length).toBeGreaterThan(0);
  });

  test("many sources come at once, and are listed", async () => {
    const fuentes = [1, 2, 3].map((index) => ({
      texto: `${PLAIN_TEXT} Fuente número ${index}.`,
      titulo: `F${index}`,
    }));
    const added = await postJson(url("/api/sources"), { fuentes });
    expect(added.body.sources.map(({ titulo }: { titulo: string }) => titulo)).toEqual(["F1", "F2", "F3"]);
    const first = (await send("GET", url("/api/sources?limit=2"))).body;
    expect(first.sources.map(({ titulo }: { titulo: string }) => titulo)).toEqual(["F3", "F2"]);
    const next = (await send("GET", url(`/api/sources?limit=2&cursor=${first.next_cursor}`))).body;
    expect(next.sources[0].titulo).toBe("F1");
    expect(next.total).toBe(first.total);
  });
});

describe("a batch", () => {
  const documentos = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      texto: `${PLAIN_TEXT} ${name} ${index}.`,
      metadata: { ...METADATA, titulo: `${name} ${index}` },
    }));
  const begin = (list: object[], key?: string) =>
    postJson(
      url("/api/analyze/batch"),
      { documentos: list },
      key === undefined ? {} : { "idempotency-key": key },
    );

  test("becomes cases in the background", async () => {
    const { status, body } = await begin(documentos("Lote", 5));
    expect(status).toBe(202);
    const path = `/api/batch/${body.batch.batch_id}`;
    await expect
      .poll(async () => (await send("GET", url(path))).body.batch.state, { timeout: 20_000 })
      .toBe("completed");
    const { batch, items } = (await send("GET", url(path))).body;
    expect(batch).toMatchObject({ total: 5, done: 5, failed: 0 });
    for (const item of items) expect(item).toMatchObject({ state: "done", overall_level: "BAJO" });
    const found = await send("GET", url(`/api/case/${items[2].case_id}`));
    expect(found.body.case.title).toBe("Lote 2");
  });

  test("is begun once for one key, and refused for other documents under it", async () => {
    const first = await begin(documentos("Clave", 2), "k-1");
    const again = await begin(documentos("Clave", 2), "k-1");
    expect(again.body.batch.batch_id).toBe(first.body.batch.batch_id);
    expect(await begin(documentos("Otra", 2), "k-1")).toMatchObject({
      status: 409,
      body: { code: "IDEMPOTENCY_CONFLICT" },
    });
  });

  test("is refused whole when one document cannot be taken, naming it", async () => {
    const { status, body } = await begin([...documentos("Mal", 1), { texto: "corto" }]);
    expect([status, body.code]).toEqual([400, "INVALID_TEXT"]);
    expect(body.error).toContain("documentos[1]");
    expect((await begin([])).status).toBe(400);
  });

  test("is stopped on request; what is done stays", async () => {
    const { body } = await begin(documentos("Parar", 400));
    const path = `/api/batch/${body.batch.batch_id}`;
    expect((await send("DELETE", url(path))).body).toMatchObject({ cancelled: true });
    await expect
      .poll(async () => (await send("GET", url(path))).body.batch.state, { timeout: 20_000 })
      .toBe("cancelled");
    const { batch, items } = (await send("GET", url(path))).body;
    expect(batch.done).toBeLessThan(400);
    expect(items.filter(({ state }: { state: string }) => state === "queued")).toEqual([]);
    expect((await send("GET", url("/api/batch/batch_000000000000"))).body.code).toBe("NOT_FOUND");
  });
});

describe("a person's decision", () => {
  const signIn = async () => {
    const { body } = await postJson(url("/_/api/login"), {
      email: ADMIN.QUATRAIN_ADMIN_EMAIL,
      password: ADMIN.QUATRAIN_ADMIN_PASSWORD,
    });
    return { authorization: `Bearer ${body.access_token}` };
  };

  test("needs a name, is kept with its notes, and can be appealed against", async () => {
    const { body } = await analyse(`${PLAIN_TEXT} Para decidir.`);
    const path = url(`/api/case/${body.case_id}`);
    const nameless = await postJson(`${path}/decision`, { decision: "sin_hallazgos" });
    expect(nameless).toMatchObject({ status: 403, body: { code: "NAMED_USER_REQUIRED" } });
    const who = await signIn();
    expect((await postJson(`${path}/appeal`, { motivo: "No" }, who)).status).toBe(409);
    const decided = await postJson(
      `${path}/decision`,
      { decision: "con_observaciones", notas: "Revisar" },
      who,
    );
    expect(decided).toMatchObject({ status: 201, body: { review_state: "resuelto" } });
    const appealed = await postJson(`${path}/appeal`, { motivo: "Aporto borradores" }, who);
    expect(appealed.body).toMatchObject({
      review_state: "apelado",
      reviews: [
        { kind: "decision", decision: "con_observaciones", notas: "Revisar" },
        { kind: "appeal", decision: null, notas: "Aporto borradores" },
      ],
    });
    expect((await send("GET", path)).body.case.review_state).toBe("apelado");
    expect((await send("GET", url(`/api/cases?estado=apelado`))).body.total).toBe(1);
    const { entries } = (await send("GET", url(`/api/audit?subject=${body.case_id}`))).body;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      "case.created",
      "decision.recorded",
      "appeal.recorded",
    ]);
    expect(JSON.stringify(entries)).not.toContain("Aporto");
    expect((await send("GET", url("/api/audit/verify"))).body).toMatchObject({
      valid: true,
      broken_at: null,
    });
  });
});

describe("reports and exports", () => {
  test("a report is there as a page and as a document, in the reader's language", async () => {
    const { body } = await analyse(`${PLAIN_TEXT} Para el informe.`);
    const path = url(`/api/case/${body.case_id}/report`);
    const page = await send("GET", path, { "accept-language": "en" });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.body).toContain('lang="en"');
    expect(page.body).toContain(body.case_id);
    const pdf = await fetch(`${path}?format=pdf&lang=pt`);
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect((await send("GET", url("/api/case/case_x/report"))).body.code).toBe("NOT_FOUND");
  });

  test("cases are exported so that a spreadsheet takes no title for a formula", async () => {
    await analyse(
      `${PLAIN_TEXT} Exportado.`,
      {},
      { ...METADATA, titulo: '=HYPERLINK("x")', autor: "Zacarías" },
    );
    const { body, headers } = await send("GET", url("/api/export/cases?autor=zacarias"));
    expect(headers.get("content-type")).toContain("text/csv");
    const [header, row] = String(body).split("\r\n");
    expect(header).toContain("case_id,title,author");
    expect(row).toContain(`"'=HYPERLINK(""x"")",Zacarías,Estudiante`);
    const pairs = await send("GET", url("/api/export/pairs?min_share=0.5"));
    expect(String(pairs.body)).toContain("source_id");
    expect((await send("GET", url("/api/export/pairs?min_share=2"))).status).toBe(400);
  });
});

test("cases of an older server are taken over with their own figures, once", async () => {
  const casos = [
    {
      case_id: "case_viejo.1",
      title: "T",
      author: "A",
      role: "Estudiante",
      product_type: "Tesis",
      overall_score: 77,
    },
    { case_id: "case_viejo2", overall_score: null, analyzed_at: "2025-01-01T00:00:00" },
  ].map((old) => ({ overall_level: "ALTO", confidence: 0.9, analyzed_at: "2025-03-04T05:06:07", ...old }));
  const first = await postJson(url("/api/import/cases"), { casos });
  expect(first.body).toMatchObject({ imported: 1, already_here: 0, refused: [{ case_id: "case_viejo2" }] });
  expect((await postJson(url("/api/import/cases"), { casos })).body).toMatchObject({
    imported: 0,
    already_here: 1,
  });
  const { body } = await send("GET", url("/api/case/case_viejo.1"));
  expect(body.case).toMatchObject({ overall_score: 77, analyzed_at: "2025-03-04T05:06:07", measured: null });
  expect((await send("GET", url("/api/metrics/temporal?period=daily&hasta=2025-12-31"))).body.data).toEqual({
    "2025-03-04": { total_cases: 1, average_score: 77, distribution: { BAJO: 0, MEDIO: 0, ALTO: 1 } },
  });
});
