import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/colorization/index.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { balloonPage, comicPage, grayPage } from "../support/drawn-comics.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

const TOKEN = "comics-token";
const LIMITS = { maxBytes: 1e8, maxPixels: 1e8 };

let server: ServerProcess;
let dataDir: string;
let root: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-comics-"));
  root = join(dataDir, "colorization", "data");
  await mkdir(join(root, "pages_bw"), { recursive: true });
  await writeFile(join(root, "style_ref.png"), await encodePng(comicPage()));
  await writeFile(join(root, "pages_bw", "1.png"), await encodePng(balloonPage()));
  for (const name of ["2.png", "10.png"]) {
    await writeFile(join(root, "pages_bw", name), await encodePng(grayPage()));
  }
  server = await startServer({
    dataDir,
    environment: { MANGA_FLUX_API_TOKEN: TOKEN, QUATRAIN_COLORIZATION_THREADS: "1" },
  });
});

afterAll(async () => {
  expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
  await rm(dataDir, { recursive: true, force: true });
});

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(server.url + path, { headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
};

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(server.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
};

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON is looked into freely, as a client without types does
type Body = any;

/** The document's own example. */
const EXAMPLE = {
  chapter_id: "chapter_001",
  input_mode: "batch",
  input_dir: "data/pages_bw",
  style_reference: "data/style_ref.png",
  engine: "flux",
  options: { strength: 0.75, seed_mode: "metadata" },
};

async function ended(jobId: string) {
  await expect
    .poll(async () => (await get(`/v1/jobs/${jobId}`)).body.status, { timeout: 50_000 })
    .not.toMatch(/queued|running/);
  return (await get(`/v1/jobs/${jobId}`)).body;
}

describe("the document's example", () => {
  let jobId: string;

  test("is accepted, worked on page by page, and found by chapter and page", async () => {
    const accepted = await post("/v1/jobs/two-pass", EXAMPLE);
    expect(accepted.status).toBe(202);
    expect(accepted.body).toEqual({
      job_id: expect.stringMatching(/^job_\d{8}_\d{6}_[0-9a-f]{6}$/),
      status: "queued",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    jobId = accepted.body.job_id;
    const job = await ended(jobId);
    expect(job).toMatchObject({
      job_id: jobId,
      status: "completed",
      progress: { total_pages: 3, pass1_done: 3, pass2_done: 3 },
    });
    expect(contract.getColorizationJob.responses[200].schema.parse(job)).toBeTruthy();
    expect((await get("/v1/chapters/chapter_001/pages")).body).toEqual({
      chapter_id: "chapter_001",
      pages: [1, 2, 3],
    });
    const { body: artifacts } = await get(`/v1/jobs/${jobId}/artifacts`);
    expect(artifacts).toMatchObject({ job_id: jobId, chapter_id: "chapter_001", status: "completed" });
    expect(artifacts.artifacts).toContainEqual(
      expect.objectContaining({ kind: "metadata_dir", exists: true }),
    );
    expect(artifacts.artifacts).toContainEqual(expect.objectContaining({ kind: "pass2_dir", exists: true }));
  });

  test("gives every page its files, with locators and with bytes", async () => {
    for (const [path, artifact] of [
      ["metadata", "metadata"],
      ["runmeta/pass1", "runmeta_pass1"],
      ["runmeta/pass2", "runmeta_pass2"],
      ["mask", "mask"],
      ["colorized", "colorized"],
    ]) {
      const { body } = await get(`/v1/chapters/chapter_001/pages/1/${path}`);
      expect(body).toMatchObject({ chapter_id: "chapter_001", page_num: 1, artifact, exists: true });
      expect(body.path).toContain(jobId);
    }
    const { body: metadata } = await get("/v1/chapters/chapter_001/pages/1/metadata?download=1");
    expect(metadata).toMatchObject({
      page_num: 1,
      page_seed: 1639434952,
      style_reference: "data/style_ref.png",
    });
    const { body: runmeta } = await get("/v1/chapters/chapter_001/pages/2/runmeta/pass2?download=1");
    expect(runmeta).toMatchObject({
      status: "completed",
      seed: 509859101,
      strength: 0.75,
      engine: "embedded",
      engine_fallback: "flux",
      text_preservation_applied: true,
    });
  });

  test("colours the page, keeps the balloon to the pixel, and says what changed for conditional requests", async () => {
    const url = `${server.url}/v1/chapters/chapter_001/pages/1/colorized`;
    const response = await fetch(url, { headers: { accept: "image/png" } });
    expect(response.headers.get("content-type")).toBe("image/png");
    const bytes = new Uint8Array(await response.arrayBuffer());
    const picture = await decodePicture(bytes, LIMITS);
    const [page, mask] = [balloonPage(), await maskOf(1)];
    expect(mask.filter((inside) => inside === 1).length).toBeGreaterThan(5_000);
    expect([picture.width, picture.height]).toEqual([page.width, page.height]);
    let coloured = 0;
    for (let pixel = 0; pixel < page.width * page.height; pixel++) {
      const [r, g, b] = picture.data.subarray(3 * pixel, 3 * pixel + 3);
      if (mask[pixel] === 1) expect([r, g, b]).toEqual([...page.data.subarray(3 * pixel, 3 * pixel + 3)]);
      else if (Math.max(r!, g!, b!) - Math.min(r!, g!, b!) > 12) coloured++;
    }
    expect(coloured).toBeGreaterThan(0.1 * page.width * page.height);
    const etag = response.headers.get("etag")!;
    const again = await fetch(url, { headers: { accept: "image/png", "if-none-match": etag } });
    expect(again.status).toBe(304);
    const small = await fetch(`${url}?download=1&width=64`);
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect(await decodePicture(new Uint8Array(await small.arrayBuffer()), LIMITS)).toMatchObject({
      width: 64,
    });
    const { body: structure } = await get(
      url.slice(server.url.length).replace(/colorized.*/, "structure?download=1"),
    );
    expect(structure).toMatchObject({ has_structural_alert: false, panels: expect.any(Array) });
    const part = await fetch(`${url}?download=1`, { headers: { range: "bytes=1-3" } });
    expect([part.status, Buffer.from(await part.arrayBuffer()).toString()]).toEqual([206, "PNG"]);
  });

  test("comes back as an archive that readers of comics open", async () => {
    const response = await fetch(`${server.url}/v1/jobs/${jobId}/archive?format=cbz`);
    expect(response.headers.get("content-type")).toBe("application/vnd.comicbook+zip");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    expect(bytes.toString("latin1")).toContain("page_003_colorized.png");
  });

  test("gives the same bytes again, and the input back at strength 0", async () => {
    const colour = async (chapter: string, strength: number) => {
      const wish = { ...EXAMPLE, chapter_id: chapter, options: { strength, seed_mode: "fixed", seed: 7 } };
      expect(await ended((await post("/v1/jobs/two-pass", wish)).body.job_id)).toMatchObject({
        status: "completed",
      });
      const response = await fetch(`${server.url}/v1/chapters/${chapter}/pages/1/colorized?download=1`);
      return new Uint8Array(await response.arrayBuffer());
    };
    expect(Buffer.compare(await colour("same_a", 1), await colour("same_b", 1))).toBe(0);
    const untouched = await decodePicture(await colour("none", 0), LIMITS);
    expect(Buffer.compare(untouched.data, balloonPage().data)).toBe(0);
  });
});

async function maskOf(pageNum: number): Promise<Uint8Array> {
  const response = await fetch(`${server.url}/v1/chapters/chapter_001/pages/${pageNum}/mask?download=1`);
  const { data } = await decodePicture(new Uint8Array(await response.arrayBuffer()), LIMITS);
  return Uint8Array.from({ length: data.length / 3 }, (_, at) => (data[3 * at]! > 127 ? 1 : 0));
}

describe("what is refused", () => {
  const TRACE = expect.stringMatching(/^[0-9a-f]{12}$/);

  test("writing without the token, in the contract's words; reading is open", async () => {
    const bare = await fetch(`${server.url}/v1/jobs/two-pass`, { method: "POST", body: "{}" });
    expect([bare.status, await bare.json()]).toEqual([
      401,
      { code: "unauthorized", message: "Missing bearer token", details: {}, trace_id: TRACE },
    ]);
    const wrong = await post("/v1/jobs/two-pass", EXAMPLE, { authorization: "Bearer no" });
    expect(wrong.body).toMatchObject({ code: "unauthorized", message: "Invalid bearer token" });
    expect((await get("/v1/jobs")).status).toBe(200);
  });

  test.each([
    ["{}", "style_reference_required"],
    ['{"style_reference": "  "}', "style_reference_required"],
    ["[1]", "invalid_json"],
    ["{", "invalid_json"],
    [JSON.stringify({ ...EXAMPLE, options: { strength: 1.5 } }), "invalid_request"],
    [JSON.stringify({ ...EXAMPLE, engine: "magic" }), "invalid_request"],
    [JSON.stringify({ ...EXAMPLE, input_dir: "../../etc" }), "path_not_allowed"],
    [JSON.stringify({ ...EXAMPLE, style_reference: "/etc/passwd" }), "path_not_allowed"],
  ])("%s is 400 with its code", async (body, code) => {
    const { status, body: answer } = await post("/v1/jobs/two-pass", body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ code, trace_id: TRACE });
  });

  test("what is missing inside is accepted and fails in the worker, or at once where that is asked for", async () => {
    const wish = { ...EXAMPLE, chapter_id: "missing", input_dir: "data/nowhere" };
    const accepted = await post("/v1/jobs/two-pass", wish);
    expect(accepted.status).toBe(202);
    const job = await ended(accepted.body.job_id);
    expect(job).toMatchObject({ status: "failed", error: expect.stringContaining("data/nowhere") });
    expect((await post("/v1/jobs/two-pass?strict=1", wish)).status).toBe(422);
  });

  test("unknown jobs, pages, paths and methods", async () => {
    expect((await get("/v1/jobs/job_x")).body).toMatchObject({
      code: "job_not_found",
      details: { job_id: "job_x" },
    });
    expect((await get("/v1/chapters/nothing/pages")).body).toEqual({ chapter_id: "nothing", pages: [] });
    expect((await get("/v1/chapters/nothing/pages/4/mask")).body).toMatchObject({ exists: false });
    expect((await get("/v1/chapters/nothing/pages/4/mask?download=1")).body).toMatchObject({
      code: "artifact_not_found",
    });
    expect((await get("/v1/chapters/c/pages/one/mask")).body).toMatchObject({ code: "not_found" });
    expect((await get("/v1/nothing")).body).toEqual({
      code: "not_found",
      message: "Endpoint not found",
      details: {},
      trace_id: TRACE,
    });
  });

  test("one bad page fails alone", async () => {
    const folder = join(root, "mixed");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "1.png"), "not a picture");
    await writeFile(join(folder, "2.png"), await encodePng(grayPage()));
    const wish = { ...EXAMPLE, chapter_id: "mixed", input_dir: "data/mixed" };
    const job = await ended((await post("/v1/jobs/two-pass", wish)).body.job_id);
    expect(job).toMatchObject({ status: "completed", failed_pages: [{ page_num: 1 }] });
    expect(job.progress).toMatchObject({ total_pages: 2, pass2_done: 1 });
  });

  test("a reference without colour, and pages that have colours already are said", async () => {
    const gray = { ...EXAMPLE, chapter_id: "gray", style_reference: "data/pages_bw/1.png" };
    const job = await ended((await post("/v1/jobs/two-pass", gray)).body.job_id);
    expect(job).toMatchObject({ status: "failed", error: expect.stringContaining("colour") });
    const done = { ...EXAMPLE, chapter_id: "done", input_mode: "single", input_dir: "data/style_ref.png" };
    const skipped = await ended((await post("/v1/jobs/two-pass", done)).body.job_id);
    expect(skipped).toMatchObject({ status: "completed", skipped_pages: [1] });
  });
});

describe("uploads, idempotency, cancelling", () => {
  test("an upload's id stands for a path", async () => {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(await encodePng(grayPage()))]), "a.png");
    const response = await fetch(`${server.url}/v1/uploads`, {
      method: "POST",
      body: form,
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(201);
    const upload = contract.uploadPages.responses[201].schema.parse(await response.json());
    expect(upload).toMatchObject({ kind: "image", pages: 1, files: [{ name: "a.png", width: 240 }] });
    const wish = { ...EXAMPLE, chapter_id: "uploaded", input_dir: upload.id };
    const job = await ended((await post("/v1/jobs/two-pass", wish)).body.job_id);
    expect(job).toMatchObject({ status: "completed", progress: { total_pages: 1 } });
  });

  test("the same key and body are one job, another body is a conflict", async () => {
    const headers = { "idempotency-key": "k1" };
    const wish = { ...EXAMPLE, chapter_id: "once" };
    const first = await post("/v1/jobs/pass1", wish, headers);
    expect((await post("/v1/jobs/pass1", wish, headers)).body.job_id).toBe(first.body.job_id);
    expect(await post("/v1/jobs/pass1", { ...wish, chapter_id: "two" }, headers)).toMatchObject({
      status: 409,
      body: { code: "idempotency_conflict" },
    });
    expect(await ended(first.body.job_id)).toMatchObject({ progress: { pass1_done: 3, pass2_done: 0 } });
    const second = await post("/v1/jobs/pass2", { ...EXAMPLE, chapter_id: "once", input_dir: undefined });
    expect(await ended(second.body.job_id)).toMatchObject({
      status: "completed",
      progress: { pass2_done: 3 },
    });
    const removed = await fetch(`${server.url}/v1/chapters/once`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(removed.status).toBe(200);
    expect((await get("/v1/chapters/once/pages")).body.pages).toEqual([]);
  });

  test("a job can be cancelled", async () => {
    const { body } = await post("/v1/jobs/two-pass", { ...EXAMPLE, chapter_id: "cancelled" });
    await post(`/v1/jobs/${body.job_id}/cancel`, {});
    expect(await ended(body.job_id)).toMatchObject({ status: "cancelled" });
    expect((await post(`/v1/jobs/${body.job_id}/cancel`, {})).status).toBe(409);
  });
});

describe("the browser extension's dialect", () => {
  const headers = { "x-api-token": TOKEN, authorization: "" };
  const base64 = async (picture = grayPage()) => Buffer.from(await encodePng(picture)).toString("base64");

  test("health says what it is and whether it wants a token", async () => {
    const { body } = await get("/health");
    expect(body).toMatchObject({ status: "ok", service: "manga-flux-api", token_required: true });
  });

  test("a chapter of uploads is coloured and laid out in folders", async () => {
    const { status, body } = await post(
      "/v1/pipeline/run_chapter",
      {
        client_id: "c1",
        manga_id: "my manga",
        chapter_id: "ch 1",
        style_reference_base64: await base64(comicPage()),
        page_uploads: [{ filename: "a.png", content_base64: await base64() }],
        output_root: "out",
      },
      headers,
    );
    expect(status).toBe(200);
    expect(contract.runChapter.responses[200].schema.parse(body)).toMatchObject({
      status: "ok",
      manga_id: "my_manga",
      chapter_id: "ch_1",
      count: 1,
      style_reference_source: "base64",
      results: [{ page_num: 1, source: "upload", source_label: "a.png" }],
    });
    expect(body.results[0].pass2_image).toBe(
      join(dataDir, "colorization", "out", "my_manga", "chapters", "ch_1", "pass2", "page_001_colorized.png"),
    );
    expect((await get("/v1/pipeline/status?client_id=c1")).body).toEqual({
      status: "ok",
      message: "Concluído!",
    });
    expect((await get("/v1/pipeline/status?client_id=nobody")).body.message).toBe(
      "Processando / Aguardando...",
    );
    const run = await post(
      "/v1/pass2/run",
      { meta_path: body.results[0].metadata_path, output_dir: "again", engine: "embedded" },
      headers,
    );
    expect(run).toMatchObject({ status: 200, body: { status: "ok", engine: "embedded" } });
    expect(run.body.image_path).toBe(join(dataDir, "colorization", "again", "page_001_colorized.png"));
  });

  test.each([
    ["/v1/pass2/run", "{", "Body must be valid JSON"],
    ["/v1/pass2/run", "[]", "JSON body must be an object"],
    ["/v1/pass2/run", "{}", "'meta_path' is required"],
    ["/v1/pass2/run", '{"meta_path": "x", "engine": "magic"}', "Invalid engine"],
    ["/v1/pass2/run", '{"meta_path": "x", "strength": "much"}', "'strength' must be numeric"],
    ["/v1/pass2/run", '{"meta_path": "x", "seed_override": 1.5}', "'seed_override' must be integer"],
    ["/v1/pass2/run", '{"meta_path": "x", "options": 1}', "'options' must be an object"],
    ["/v1/pass2/batch", '{"metadata_dir": "nowhere"}', "'metadata_dir' must be an existing directory"],
    ["/v1/pass2/batch", '{"metadata_dir": "data"}', "No page_*.meta.json found in metadata_dir"],
    ["/v1/pipeline/run_chapter", "{}", "style reference is required"],
    ["/v1/pipeline/run_chapter", '{"style_reference_base64": "***"}', "Invalid base64"],
    ["/v1/pipeline/run_chapter", '{"style_reference_url": "http://127.0.0.1/a.png", "page_urls": ["x"]}', ""],
  ])("%s with %s says why not", async (path, body, details) => {
    const answer = await post(path, body, headers);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: "error", message: expect.any(String) });
    expect(JSON.stringify(answer.body)).toContain(JSON.stringify(details).slice(1, -1));
  });
});
