import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as contract from "../../src/contracts/colorization/index.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { STYLE, useColorizationServer } from "../support/colorization-server.ts";
import { balloonPage, comicPage, grayPage } from "../support/drawn-comics.ts";
import { send } from "../support/requests.ts";

/** Every field, status and word of both dialects that existing clients look at. */

const TOKEN = "comics-token";
const server = useColorizationServer({ MANGA_FLUX_API_TOKEN: TOKEN });
const { get, put, url, root, ended } = server;
const bearer = { authorization: `Bearer ${TOKEN}` };
const token = { "x-api-token": TOKEN };
const post = (path: string, body: unknown, headers = bearer as Record<string, string>) =>
  server.post(path, body, headers);
const submit = (fields: object, kind = "two-pass", headers = {}) =>
  post(
    `/v1/jobs/${kind}`,
    { chapter_id: "c", input_dir: "data/page.png", style_reference: STYLE, engine: "embedded", ...fields },
    { ...bearer, ...headers },
  );
const run = async (fields: object, kind?: string) => ended((await submit(fields, kind)).body.job_id);
const NOW = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

describe("dialect A", () => {
  it("wrong methods, unknown paths and a missing body are said in its own body", async () => {
    const trace = expect.stringMatching(/^[0-9a-f]{12}$/);
    for (const [method, path] of [
      ["PUT", "/v1/jobs/two-pass"],
      ["GET", "/v1/jobs/two-pass"],
      ["GET", "/v1/jobs/pass1"],
      ["POST", "/v1/chapters/c/pages"],
      ["POST", "/healthz"],
      ["DELETE", "/version"],
      ["GET", "/v1/uploads"],
    ] as const) {
      const { status, headers, body } = await send(method, url(path), bearer);
      expect([method, path, status, body]).toEqual([
        method,
        path,
        405,
        {
          code: "method_not_allowed",
          message: "Method Not Allowed",
          details: expect.any(Object),
          trace_id: trace,
        },
      ]);
      expect(headers.get("allow")).toBeTruthy();
    }
    for (const path of ["/", "/v1", "/v1/nothing", "/nothing/at/all", "/v1/chapters/c/pages/1/nothing"])
      expect([path, (await get(path)).body]).toEqual([
        path,
        { code: "not_found", message: "Endpoint not found", details: {}, trace_id: trace },
      ]);
    const bare = await fetch(url("/v1/jobs/two-pass"), { method: "POST", headers: bearer });
    expect([bare.status, await bare.json()]).toMatchObject([400, { code: "invalid_json" }]);
  });

  it("every write asks for the token, before it looks at anything else; reads do not", async () => {
    for (const [method, path] of [
      ["POST", "/v1/jobs/two-pass"],
      ["POST", "/v1/jobs/pass1"],
      ["POST", "/v1/jobs/pass2"],
      ["POST", "/v1/jobs/none/cancel"],
      ["DELETE", "/v1/jobs/none"],
      ["DELETE", "/v1/chapters/none"],
      ["DELETE", "/v1/uploads/none"],
      ["POST", "/v1/uploads"],
    ] as const) {
      const { status, body } = await send(method, url(path));
      expect([path, status, body.code, body.message]).toEqual([
        path,
        401,
        "unauthorized",
        "Missing bearer token",
      ]);
      const wrong = await send(method, url(path), { authorization: "Bearer no" });
      expect([path, wrong.status, wrong.body.message]).toEqual([path, 401, "Invalid bearer token"]);
    }
    for (const path of [
      "/healthz",
      "/version",
      "/health",
      "/openapi.json",
      "/v1/jobs",
      "/v1/chapters/c/pages",
    ])
      expect([path, (await get(path)).status]).toEqual([path, 200]);
  });

  it("an Idempotency-Key answers its job whatever has become of it, and no other request", async () => {
    const key = { "idempotency-key": "once" };
    const first = await submit({ chapter_id: "once" }, "two-pass", key);
    await ended(first.body.job_id);
    const again = await submit({ chapter_id: "once" }, "two-pass", key);
    expect([again.status, again.body]).toEqual([202, first.body]);
    for (const [fields, kind] of [
      [{ chapter_id: "twice" }, "two-pass"],
      [{ chapter_id: "once" }, "pass1"],
    ] as const) {
      const { status, body } = await submit(fields, kind, key);
      expect([status, body.code]).toEqual([409, "idempotency_conflict"]);
    }
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => submit({ chapter_id: "same" }, "pass1", { "idempotency-key": "race" })),
    );
    expect(new Set(sent.map(({ body }) => body.job_id)).size).toBe(1);
  });

  it("the same request for the same chapter gives the same bytes, also with another reference in between", async () => {
    for (const page of [1, 2]) await put(`data/same/${page}.png`, await encodePng(grayPage()));
    await put("data/red.png", await encodePng(redPage()));
    const bytes = async (reference: string) => {
      await run({ chapter_id: "same", input_dir: "data/same", style_reference: reference });
      return Promise.all(
        [1, 2].map(async (page) => (await get(`/v1/chapters/same/pages/${page}/colorized?download=1`)).body),
      );
    };
    const first = await bytes(STYLE);
    expect(await bytes("data/red.png")).not.toEqual(first);
    expect(await bytes(STYLE)).toEqual(first);
  });

  it("files are handed out with tags and ranges", async () => {
    await run({ chapter_id: "file" });
    const path = url("/v1/chapters/file/pages/1/colorized?download=1");
    const whole = await fetch(path);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get("etag")!;
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(path, { headers });
      return [response.status, Buffer.from(await response.arrayBuffer()).toString("hex")];
    };
    const part = (from: number, to?: number) => bytes.subarray(from, to).toString("hex");
    expect(await ask({ "if-none-match": etag })).toEqual([304, ""]);
    expect(await ask({ "if-none-match": `"other", W/${etag}` })).toEqual([304, ""]);
    expect(await ask({ "if-none-match": "*" })).toEqual([304, ""]);
    expect(await ask({ "if-none-match": '"other"' })).toEqual([200, part(0)]);
    expect(await ask({ range: "bytes=2-5" })).toEqual([206, part(2, 6)]);
    expect(await ask({ range: "bytes=-7" })).toEqual([206, part(bytes.length - 7)]);
    expect(await ask({ range: "bytes=2-5", "if-range": etag })).toEqual([206, part(2, 6)]);
    expect(await ask({ range: "bytes=2-5", "if-range": '"other"' })).toEqual([200, part(0)]);
    expect(await ask({ range: "bytes=99999999-" })).toEqual([416, ""]);
    expect(await ask({ range: "bytes=0-1,4-5" })).toEqual([200, part(0)]);
    expect((await get("/v1/chapters/file/pages/1/colorized", { accept: "*/*" })).body).toMatchObject({
      exists: true,
    });
  });

  it("events tell everything until the end, then the stream ends", async () => {
    const { body } = await submit({ chapter_id: "events" });
    const response = await fetch(url(`/v1/jobs/${body.job_id}/events`));
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const told = (await response.text())
      .split("\n\n")
      .filter((event) => event.startsWith("event: progress\ndata: "))
      .map((event) => contract.getColorizationJob.responses[200].schema.parse(JSON.parse(event.slice(22))));
    expect(told.at(-1)).toMatchObject({ status: "completed", progress: { total_pages: 1, pass2_done: 1 } });
    expect((await get("/v1/jobs/none/events")).body).toMatchObject({ code: "job_not_found" });
  });

  it("pass 2 alone takes the metadata that it is given, with its mask, seed and page numbers, and leaves it as it is", async () => {
    await put("data/three/1.png", await encodePng(balloonPage()));
    for (const page of [2, 3]) await put(`data/three/${page}.png`, await encodePng(grayPage()));
    const outputs = { metadata_output: "alone/meta", masks_output: "alone/masks" };
    expect(await run({ chapter_id: "p1", input_dir: "data/three", ...outputs }, "pass1")).toMatchObject({
      status: "completed",
      progress: { pass1_done: 3, pass2_done: 0 },
    });
    const path = join(root(), "alone/meta/page_003.meta.json");
    const metadata = JSON.parse(await readFile(path, "utf8"));
    const edited = `${JSON.stringify({ ...metadata, page_seed: 77 })}\n`;
    await put("alone/meta/page_003.meta.json", edited);
    await put("alone/meta/page_002.meta.json", "not JSON");
    const job = await run(
      { chapter_id: "p2", input_dir: undefined, metadata_output: "alone/meta", pass2_output: "alone/out" },
      "pass2",
    );
    expect(job).toMatchObject({
      status: "completed",
      progress: { total_pages: 3, pass2_done: 2 },
      failed_pages: [{ page_num: 2, error: expect.stringContaining("it is no JSON") }],
    });
    expect(await readFile(path, "utf8")).toBe(edited);
    const runmeta = JSON.parse(
      await readFile(join(root(), "alone/out/page_003_colorized.runmeta.json"), "utf8"),
    );
    expect(runmeta).toMatchObject({ page_num: 3, seed: 77, status: "completed" });
    const [given, kept] = await Promise.all([
      readFile(join(root(), "alone/masks/page_001_text.png")),
      fetch(url("/v1/chapters/p2/pages/1/mask?download=1")).then((response) => response.arrayBuffer()),
    ]);
    expect(given.equals(new Uint8Array(kept))).toBe(true);
    expect(await run({ input_dir: undefined, metadata_output: "data/three" }, "pass2")).toMatchObject({
      status: "failed",
      error: expect.stringContaining("no page_*.meta.json in data/three"),
    });
    expect(await run({ chapter_id: "never", input_dir: undefined }, "pass2")).toMatchObject({
      status: "failed",
      error: expect.stringContaining("has no first pass yet"),
    });
  });

  it("pass 2 of a chapter outlives the first pass that it was made from", async () => {
    const first = await run({ chapter_id: "outlives" }, "pass1");
    const second = await run({ chapter_id: "outlives", input_dir: undefined }, "pass2");
    const removed = await send("DELETE", url(`/v1/jobs/${first.job_id}`), bearer);
    expect([removed.status, removed.body]).toEqual([200, { job_id: first.job_id, deleted: true }]);
    const { body } = await get("/v1/chapters/outlives/pages/1/metadata?download=1");
    expect((await readFile(body.page_image)).length).toBeGreaterThan(100);
    expect((await get(`/v1/jobs/${first.job_id}`)).status).toBe(404);
    expect((await get(`/v1/jobs/${second.job_id}`)).status).toBe(200);
  });

  it("a running job is not deleted, nor is its chapter", async () => {
    const { body } = await submit({ chapter_id: "busy", input_dir: "data/three" });
    for (const path of [`/v1/jobs/${body.job_id}`, "/v1/chapters/busy"])
      expect((await send("DELETE", url(path), bearer)).body).toMatchObject({
        code: "job_running",
        details: { job_id: body.job_id },
      });
    await ended(body.job_id);
    expect((await send("DELETE", url("/v1/chapters/busy"), bearer)).body).toEqual({
      chapter_id: "busy",
      deleted: true,
    });
    expect((await get("/v1/chapters/busy/pages")).body).toEqual({ chapter_id: "busy", pages: [] });
  });
});

function redPage() {
  const page = comicPage();
  for (let at = 0; at < page.data.length; at += 3)
    page.data.set([page.data[at + 2]!, 40, page.data[at]!], at);
  return page;
}

describe("dialect B", () => {
  const base64 = async (picture = grayPage()) => Buffer.from(await encodePng(picture)).toString("base64");

  it("lets pages of every site in, with its token's header, also on /health", async () => {
    for (const path of ["/health", "/v1/pipeline/status", "/v1/pass2/run", "/v1/jobs/two-pass", "/v1/none"]) {
      const asked = await fetch(url(path), {
        method: "OPTIONS",
        headers: {
          origin: "chrome-extension://abc",
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type, x-api-token",
        },
      });
      expect([path, asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([
        path,
        204,
        "*",
      ]);
      expect(asked.headers.get("access-control-allow-headers")).toMatch(/Content-Type.*X-API-Token/);
      expect(asked.headers.get("access-control-allow-methods")).toMatch(/GET, POST.*OPTIONS/);
      const got = await fetch(url(path), { headers: { origin: "chrome-extension://abc" } });
      expect([path, got.headers.get("access-control-allow-origin")]).toEqual([path, "*"]);
    }
  });

  it("says who it is, and asks for its token in its own words", async () => {
    expect((await get("/health")).body).toEqual({
      status: "ok",
      service: "manga-flux-api",
      version: expect.any(String),
      token_required: true,
      timestamp_utc: NOW,
    });
    for (const [headers, message] of [
      [{}, "Missing X-API-Token"],
      [{ "x-api-token": "no" }, "Invalid X-API-Token"],
    ] as const)
      for (const path of ["/v1/pass2/run", "/v1/pass2/batch", "/v1/pipeline/run_chapter"]) {
        const { status, body } = await post(path, {}, headers);
        expect([status, body]).toEqual([401, { status: "error", message, timestamp_utc: NOW }]);
      }
    expect((await get("/v1/pass2/run")).body).toMatchObject({
      status: "error",
      message: "Method Not Allowed",
    });
    expect((await get("/v1/pipeline/none")).body).toMatchObject({ status: "error", message: "Not Found" });
  });

  it("a chapter is told of while it goes on, and answered with every field when it is done", async () => {
    const wish = {
      client_id: "c 1",
      chapter_id: "capítulo 1/2",
      manga_id: "../Meu Mangá",
      style_reference_base64: `data:image/png;base64,${await base64(comicPage())}`,
      style_reference_filename: "cover.png",
      page_uploads: [
        { filename: "../b.png", content_base64: await base64() },
        { content_base64: await base64() },
      ],
      engine: "flux",
      strength: "0.5",
      seed_override: "7",
      options: { note: "mine" },
      output_root: "out",
    };
    const messages = new Set<string>();
    const answered = post("/v1/pipeline/run_chapter", wish, token);
    let isDone = false;
    void answered.finally(() => {
      isDone = true;
    });
    while (!isDone) messages.add((await get("/v1/pipeline/status?client_id=c%201")).body.message);
    const { status, body } = await answered;
    messages.add((await get("/v1/pipeline/status?client_id=c%201")).body.message);
    const folder = join(root(), "out", "_Meu_Mang_", "chapters", "cap_tulo_1_2");
    const result = (page: number, label: string) => ({
      page_num: page,
      source: "upload",
      source_label: label,
      input_path: join(folder, "inputs", `page_00${page}.png`),
      metadata_path: join(folder, "metadata", `page_00${page}.meta.json`),
      pass1_runmeta: join(folder, "metadata", `page_00${page}.meta.pass1.runmeta.json`),
      pass2_image: join(folder, "pass2", `page_00${page}_colorized.png`),
    });
    expect([status, body]).toEqual([
      200,
      {
        status: "ok",
        manga_id: "_Meu_Mang_",
        chapter_id: "cap_tulo_1_2",
        output_root: join(root(), "out"),
        count: 2,
        engine: "embedded",
        style_reference_source: "base64",
        results: [result(1, "b.png"), result(2, "page_2")],
        failed_pages: [],
        timestamp_utc: NOW,
      },
    ]);
    for (const message of messages)
      expect(message).toMatch(
        /^(Processando \/ Aguardando\.\.\.|Inicializando\.\.|Baixando\.\.|\[[12]\/2\] \(Passo [12]\)|Concluído!)$/,
      );
    expect([...messages].at(-1)).toBe("Concluído!");
    expect((await get("/v1/chapters/_Meu_Mang_:cap_tulo_1_2/pages")).body.pages).toEqual([1, 2]);
    expect((await readFile(join(folder, "pass1", "masks", "page_001_text.png"))).length).toBeGreaterThan(50);
    const runmeta = JSON.parse(
      await readFile(join(folder, "pass2", "page_002_colorized.runmeta.json"), "utf8"),
    );
    expect(runmeta).toMatchObject({
      strength: 0.5,
      seed: 7,
      engine: "embedded",
      engine_fallback: "flux",
      options: { note: "mine", chapter_id: "cap_tulo_1_2" },
    });

    const batch = { metadata_dir: join(folder, "metadata"), output_dir: "out/again", engine: "embedded" };
    const done = await post("/v1/pass2/batch", { ...batch, expected_pages: 2 }, token);
    const again = (page: number) => ({
      meta_path: join(folder, "metadata", `page_00${page}.meta.json`),
      image_path: join(root(), "out", "again", `page_00${page}_colorized.png`),
      runmeta_path: join(root(), "out", "again", `page_00${page}_colorized.runmeta.json`),
    });
    expect([done.status, done.body]).toEqual([
      200,
      { status: "ok", count: 2, engine: "embedded", results: [again(1), again(2)], timestamp_utc: NOW },
    ]);
    for (const [expected, details] of [
      [3, "expected_pages mismatch: found=2 expected=3"],
      ["3", "expected_pages mismatch: found=2 expected=3"],
    ])
      expect((await post("/v1/pass2/batch", { ...batch, expected_pages: expected }, token)).body).toEqual({
        status: "error",
        message: "Bad request",
        timestamp_utc: NOW,
        details,
      });
    const one = await post("/v1/pass2/run", { meta_path: again(1).meta_path, output_dir: "out/one" }, token);
    expect([one.status, one.body]).toEqual([
      200,
      {
        status: "ok",
        image_path: join(root(), "out", "one", "page_001_colorized.png"),
        runmeta_path: join(root(), "out", "one", "page_001_colorized.runmeta.json"),
        engine: "embedded",
        timestamp_utc: NOW,
      },
    ]);
    expect(JSON.parse(await readFile(one.body.runmeta_path, "utf8"))).toMatchObject({
      strength: 1,
      engine_fallback: "flux",
      meta_source: again(1).meta_path,
    });
  });
});
