import { describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/integrity/index.ts";
import { METADATA, PLAIN_TEXT, useIntegrityServer } from "../support/integrity-server.ts";
import { postJson, send } from "../support/requests.ts";

const { url, analyse } = useIntegrityServer();
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

describe("POST /api/analyze", () => {
  test("answers as documented, and the case is there", async () => {
    const evidencias = { estilo_diferente: 1, defensa_debil: 0, sin_borradores: 1, datos_inconsistentes: 1 };
    const { status, body } = await analyse(PLAIN_TEXT, { evidencias });
    expect(status).toBe(201);
    contract.AnalyzeAnswer.parse(body);
    expect(body).toMatchObject({
      status: "success",
      analysis: {
        overall_score: 30,
        overall_level: "BAJO",
        confidence: 0.82,
        dimensions: { autoría: 32, tiempo: 40, referencias: 48, presentación: 0 },
      },
      metadata: { text_length: [...PLAIN_TEXT].length, num_evidencias: 3 },
    });
    expect(body.case_id).toMatch(/^case_[0-9a-f]{12}$/);
    expect(body.metadata.analyzed_at).toMatch(INSTANT);
    expect(body).not.toHaveProperty("warnings");

    const found = await send("GET", url(`/api/case/${body.case_id}`));
    expect(found.status).toBe(200);
    contract.Case.parse(found.body.case);
    expect(found.body.case).toMatchObject({
      case_id: body.case_id,
      title: "Mi ensayo",
      author: "Juan García",
      role: "Estudiante",
      product_type: "Ensayo",
      overall_score: 30,
      overall_level: "BAJO",
      confidence: 0.82,
      analyzed_at: body.metadata.analyzed_at,
      evidencias: { ...evidencias, tiempo_sospechoso: 0, referencias_raras: 0, imagenes_sospechosas: 0 },
      dimensions: body.analysis.dimensions,
      recommendations: body.analysis.recommendations,
    });
  });

  test("without findings the combined score is the headline", async () => {
    const { body } = await analyse("Una frase corta que no dice nada de nadie, repetida solo una vez.", {
      evidencias: { datos_inconsistentes: 1 },
    });
    const { measured, overall_score, overall_level } = body.analysis;
    expect(measured.findings).toEqual([]);
    expect([measured.combined_score, measured.combined_level]).toEqual([overall_score, overall_level]);
  });

  test("the same text again does not move the headline", async () => {
    const first = await analyse(`${PLAIN_TEXT} Dos veces.`);
    const second = await analyse(`${PLAIN_TEXT} Dos veces.`);
    const { measured: _, ...headline } = second.body.analysis;
    expect(first.body.analysis).toMatchObject(headline);
    expect(second.body.case_id).not.toBe(first.body.case_id);
    expect(second.body.analysis.measured.similarity.map(({ id }: { id: string }) => id)).toContain(
      first.body.case_id,
    );
  });

  test.each([
    ["malformed JSON", "{", "INVALID_REQUEST"],
    ["an empty body", "", "INVALID_REQUEST"],
    ["an empty object", "{}", "INVALID_REQUEST"],
    ["a list", "[1]", "INVALID_REQUEST"],
    ["null", "null", "INVALID_REQUEST"],
    ["10,000 levels", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "INVALID_REQUEST"],
    ["no text", '{"metadata":{}}', "INVALID_TEXT"],
    ["a number for a text", '{"texto":5}', "INVALID_TEXT"],
    ["25 emoji", JSON.stringify({ texto: "😀".repeat(25) }), "INVALID_TEXT"],
    ["49 characters and spaces", JSON.stringify({ texto: ` ${"x".repeat(49)}  ` }), "INVALID_TEXT"],
    [
      "a flag of 2",
      JSON.stringify({ texto: PLAIN_TEXT, evidencias: { defensa_debil: 2 } }),
      "INVALID_REQUEST",
    ],
  ])("refuses %s", async (_what, text, code) => {
    const { status, body } = await postJson(url("/api/analyze"), text);
    expect(status).toBe(400);
    expect(body.code).toBe(code);
    expect(Object.keys(body).sort()).toEqual(["code", "error"]);
  });

  test("refuses bytes that are no UTF-8", async () => {
    const body = Buffer.concat([Buffer.from('{"texto":"'), Buffer.alloc(60, 0xff), Buffer.from('"}')]);
    const answer = await fetch(url("/api/analyze"), { method: "POST", body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "INVALID_REQUEST" });
  });

  test("takes 50 emoji", async () => {
    const { status, body } = await analyse("😀".repeat(50));
    expect(status).toBe(201);
    expect(body.metadata.text_length).toBe(50);
  });

  test("takes unknown words by their defaults with a warning, or refuses them when asked to", async () => {
    const sent = { texto: PLAIN_TEXT, metadata: { rol: "Rector" }, evidencias: { otra: 1 } };
    const { status, body } = await postJson(url("/api/analyze"), sent);
    expect(status).toBe(201);
    expect(body.metadata.num_evidencias).toBe(0);
    expect(body.warnings).toHaveLength(3);
    expect(body.warnings.join()).toMatch(/metadata\.rol.*metadata\.tipo_producto/s);
    const strict = await postJson(url("/api/analyze?strict=1"), sent);
    expect(strict).toMatchObject({ status: 400, body: { code: "INVALID_REQUEST" } });
    const found = await send("GET", url(`/api/case/${body.case_id}`));
    expect(found.body.case).toMatchObject({
      role: "Estudiante",
      product_type: "Ensayo",
      title: "Sin título",
      author: "Anónimo",
    });
  });

  test("keeps an explicit null", async () => {
    const { body } = await analyse(PLAIN_TEXT, {}, { ...METADATA, titulo: null, autor: null } as never);
    const found = await send("GET", url(`/api/case/${body.case_id}`));
    expect(found.body.case).toMatchObject({ title: null, author: null });
  });
});

describe("GET /api/cases", () => {
  test("is newest first, with the true total, pages by offset and by cursor", async () => {
    const author = { ...METADATA, autor: "Autora de la lista" };
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      ids.unshift((await analyse(`${PLAIN_TEXT} Número ${index}.`, {}, author)).body.case_id);
    }
    const list = async (query: string) =>
      (await send("GET", url(`/api/cases?autor=autora+DE+la+lista&${query}`))).body;
    const idsOf = (page: { cases: { case_id: string }[] }) => page.cases.map(({ case_id }) => case_id);
    const all = await list("");
    expect(idsOf(all)).toEqual(ids);
    expect(all).toMatchObject({
      status: "success",
      total: 5,
      returned: 5,
      limit: 50,
      offset: 0,
      next_cursor: null,
    });
    const second = await list("limit=2&offset=2");
    expect(second).toMatchObject({ total: 5, returned: 2, limit: 2, offset: 2 });
    expect(idsOf(second)).toEqual(ids.slice(2, 4));
    const first = await list("limit=2");
    const next = await list(`limit=2&cursor=${first.next_cursor}`);
    const last = await list(`limit=2&cursor=${next.next_cursor}`);
    expect([first, next, last].flatMap(idsOf)).toEqual(ids);
    expect(last.next_cursor).toBeNull();
    expect(await list("limit=0")).toMatchObject({ total: 5, returned: 0, cases: [] });
  });

  test("filters by level and role, and says so", async () => {
    const everything = Object.fromEntries(contract.EVIDENCES.map((name) => [name, 1]));
    await analyse(`${PLAIN_TEXT} Alto.`, { evidencias: everything }, { ...METADATA, tipo_producto: "Tesis" });
    const { body } = await send("GET", url("/api/cases?nivel=ALTO&rol=Estudiante"));
    expect(body.filters).toEqual({ nivel: "ALTO", rol: "Estudiante" });
    expect(body.total).toBe(body.returned);
    expect(body.total).toBeGreaterThan(0);
    for (const found of body.cases)
      expect(found).toMatchObject({ overall_level: "ALTO", role: "Estudiante" });
    const unknown = await send("GET", url("/api/cases?nivel=MUY_ALTO"));
    expect(unknown).toMatchObject({ status: 200, body: { total: 0, returned: 0, cases: [] } });
    expect((await send("GET", url("/api/cases"))).body.filters).toEqual({ nivel: null, rol: null });
  });

  test("finds by the beginnings of words in title and author", async () => {
    await analyse(
      `${PLAIN_TEXT} Buscar.`,
      {},
      { ...METADATA, titulo: "Análisis térmico", autor: "Zoë Núñez" },
    );
    const total = async (q: string) =>
      (await send("GET", url(`/api/cases?q=${encodeURIComponent(q)}`))).body.total;
    expect(await Promise.all(["analis TERM", "nuñ", "zoe termico", "nada", "%"].map(total))).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });

  test("serves 1,000 at most, and says so", async () => {
    expect((await send("GET", url("/api/cases?limit=5000"))).body.limit).toBe(1_000);
  });

  test.each(["limit=-1", "offset=-1", "limit=x", "limit=1.5", "offset=1e999", "desde=ayer", "cursor=x"])(
    "refuses %s",
    async (query) => {
      const { status, body } = await send("GET", url(`/api/cases?${query}`));
      expect([status, body.code]).toEqual([400, "INVALID_REQUEST"]);
    },
  );

  test("narrows by days, both inclusive", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const total = async (query: string) => (await send("GET", url(`/api/cases?${query}`))).body.total;
    expect(await total(`desde=${today}&hasta=${today}`)).toBe(await total(""));
    expect(await total("hasta=2020-01-01")).toBe(0);
  });
});

describe("metrics", () => {
  test("count every case, by role, product and level", async () => {
    const { body } = await send("GET", url("/api/metrics/institutional"));
    contract.InstitutionalMetrics.parse(body.metrics);
    const { metrics } = body;
    const listed = (await send("GET", url("/api/cases?limit=1000"))).body;
    const scores = listed.cases.map(({ overall_score }: { overall_score: number }) => overall_score);
    const mean = scores.reduce((sum: number, score: number) => sum + score, 0) / scores.length;
    expect(metrics.total_cases).toBe(listed.total);
    expect(metrics.average_score).toBeCloseTo(mean, 2);
    const sum = (counts: object) => Object.values(counts).reduce((total: number, count) => total + count, 0);
    for (const counts of [metrics.risk_distribution, metrics.cases_by_role, metrics.cases_by_product]) {
      expect(sum(counts)).toBe(listed.total);
    }
    expect(metrics.resumen_general.total_casos_analizados).toBe(listed.total);
  });

  test.each([
    ["daily", /^\d{4}-\d{2}-\d{2}$/],
    ["weekly", /^\d{4}-W\d{2}$/],
    ["monthly", /^\d{4}-\d{2}$/],
  ])("%s have their own keys", async (period, key) => {
    const { body } = await send("GET", url(`/api/metrics/temporal?period=${period}`));
    expect(body).toMatchObject({ status: "success", period });
    const [[found, figures]] = Object.entries(body.data) as [
      [string, { total_cases: number; distribution: object }],
    ];
    expect(found).toMatch(key);
    expect(Object.values(figures.distribution).reduce((a, b) => a + b, 0)).toBe(figures.total_cases);
  });

  test("another period is refused", async () => {
    expect(await send("GET", url("/api/metrics/temporal?period=yearly"))).toMatchObject({
      status: 400,
      body: { code: "INVALID_REQUEST" },
    });
  });
});

describe("the rest of the contract", () => {
  test("health and info", async () => {
    const health = await send("GET", url("/health"));
    expect(health.body).toMatchObject({ status: "healthy", version: "2.0" });
    expect(health.body.timestamp).toMatch(INSTANT);
    const { body } = await send("GET", url("/api/info"));
    expect(body).toMatchObject({ name: "Centinela Digital API", version: "2.0" });
    expect(body.valid_evidences).toEqual(contract.EVIDENCES);
    expect(body.endpoints["GET /api/case/<id>"]).toBe("Obtener un caso");
  });

  test("errors are JSON", async () => {
    expect(await send("GET", url("/api/case/case_000000000000"))).toMatchObject({
      status: 404,
      body: { error: "Case not found", code: "NOT_FOUND", case_id: "case_000000000000" },
    });
    expect(await send("GET", url("/api/nothing"))).toMatchObject({
      status: 404,
      body: { error: "Endpoint not found", code: "NOT_FOUND", status: 404 },
    });
    expect(await send("GET", url("/nothing/at/all"))).toMatchObject({
      status: 404,
      body: { code: "NOT_FOUND" },
    });
    expect(await send("DELETE", url("/api/analyze"))).toMatchObject({
      status: 405,
      body: { code: "METHOD_NOT_ALLOWED", status: 405 },
    });
  });
});
