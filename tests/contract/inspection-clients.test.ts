import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

/** Requests byte by byte as shop-floor clients write them: GUI toolkits, .NET's HttpClient, python requests, curl. */

const ROI = { role_id: "Inspection", roi_id: "clients" };
const EMPTY = { recipe_id: "", model_key: "", operator_id: "" };
let server: ServerProcess;
let dataDir: string;
let disc: Blob;
const url = (path: string) => server.url + path;
const query = (path: string, fields: Record<string, string>) => url(`${path}?${new URLSearchParams(fields)}`);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-clients-"));
  server = await startServer({ dataDir });
  disc = await discPng(0);
  expect((await postForm(url("/fit_ok"), { ...ROI, mm_per_px: 0.2, images: [disc] })).status).toBe(200);
  expect((await postJson(url("/calibrate_ng"), { ...ROI, ok_scores: [1e6] })).status).toBe(200);
});

afterAll(async () => {
  expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
  await rm(dataDir, { recursive: true, force: true });
});

/** Sends bytes over a connection of its own and reads to its end. */
async function raw(...pieces: (string | Uint8Array)[]) {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  for (const piece of pieces) socket.write(piece);
  const answer = (await buffer(socket)).toString("utf8");
  const [head = "", body = ""] = answer.split(/\r\n\r\n(.*)/s);
  return { status: Number(head.split(" ")[1]), head, body };
}

/** A multipart request with these parts: the header lines, then the content. */
async function multipart(
  path: string,
  parts: readonly (readonly [header: string, content: string | Blob])[],
) {
  const pieces: Uint8Array[] = [];
  for (const [header, content] of parts) {
    const bytes = typeof content === "string" ? Buffer.from(content) : await content.bytes();
    pieces.push(Buffer.from(`--B+'(/?\r\n${header}\r\n\r\n`), bytes, Buffer.from("\r\n"));
  }
  const body = Buffer.concat([...pieces, Buffer.from("--B+'(/?--\r\n")]);
  const head = [
    `POST ${path} HTTP/1.1`,
    "Host: x",
    "Connection: close",
    `Content-Type: multipart/form-data; boundary="B+'(/?"`,
    `Content-Length: ${body.length}`,
  ];
  const answer = await raw(`${head.join("\r\n")}\r\n\r\n`, body);
  return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
}

describe("GUI toolkits send every field that they have, empty ones too", () => {
  it("to /fit_ok and /infer", async () => {
    const fit = { memory_fit: "", use_dataset: "", mode: "", async: "" };
    const fitted = await postForm(url("/fit_ok"), {
      ...ROI,
      ...EMPTY,
      ...fit,
      mm_per_px: "0.2",
      images: disc,
    });
    expect(fitted).toMatchObject({
      status: 200,
      body: { model_key: ROI.roi_id, recipe_id: "default", coreset_rate_requested: 0.1, operator_id: null },
    });
    const infer = { shape: "", include_heatmap: "", allow_uncalibrated: "" };
    const inferred = await postForm(url("/infer"), {
      ...ROI,
      ...EMPTY,
      ...infer,
      mm_per_px: "0.2",
      image: disc,
    });
    expect(inferred).toMatchObject({ status: 200, body: { decision: "ok", model_key: ROI.roi_id } });
    expect(inferred.body.heatmap_png_base64).toBeTypeOf("string");
  });

  it("to the datasets and in queries", async () => {
    const images = [disc, disc];
    const uploaded = await postForm(url("/datasets/ok/upload"), { ...ROI, recipe_id: "", metas: "", images });
    expect([uploaded.status, uploaded.body.saved.length]).toEqual([200, 2]);
    expect((await send("GET", query("/state", { ...ROI, recipe_id: "", model_key: "" }))).body).toMatchObject(
      {
        memory_fitted: true,
        model_key: ROI.roi_id,
      },
    );
    expect((await send("GET", query("/state", { role_id: "", roi_id: "a" }))).body.detail).toEqual([
      { loc: ["query", "role_id"], msg: "Field required", type: "missing" },
    ]);
  });

  it("and null in JSON", async () => {
    const nothing = { model_key: null, recipe_id: null, mm_per_px: null, ng_scores: null };
    const more = { score_percentile: null, area_mm2_thr: null };
    expect(
      (await postJson(url("/calibrate_ng"), { ...ROI, ...nothing, ...more, ok_scores: [1] })).body,
    ).toMatchObject({
      threshold: 1,
      mm_per_px: 0.2,
      area_mm2_thr: 1,
      score_percentile: 99,
      recipe_id: "default",
    });
  });
});

describe("forms", () => {
  const part = (name: string, more = "") => `Content-Disposition: form-data; name=${name}${more}`;

  it("of .NET: names without quotes, a content type per field, a quoted boundary, two file names", async () => {
    const type = "\r\nContent-Type: text/plain; charset=utf-8";
    const file = "; filename=crop.png; filename*=utf-8''crop.png\r\nContent-Type: image/png";
    const { status, body } = await multipart("/infer", [
      [part("role_id", type), ROI.role_id],
      [part("roi_id", type), ROI.roi_id],
      [part("mm_per_px", type), "0.2"],
      [part("image", file), disc],
    ]);
    expect([status, body.token_shape]).toEqual([200, [56, 56]]);
  });

  it("with metas as application/json, one per picture or one list; with a picture that has no file name", async () => {
    const images = part('"images"', "\r\nContent-Type: application/octet-stream");
    const metas = part('"metas"', "\r\nContent-Type: application/json");
    const ids = [
      [part('"role_id"'), "Inspection"],
      [part('"roi_id"'), "metas"],
    ] as const;
    for (const sent of [
      [[metas, '{"note":1}'] as const, [metas, "{}"] as const],
      [[metas, '[{"note":1},{}]'] as const],
    ]) {
      const { status, body } = await multipart("/datasets/ng/upload", [
        ...ids,
        [images, disc],
        [images, disc],
        ...sent,
      ]);
      expect(status, JSON.stringify(body)).toBe(200);
      const [filename = ""] = body.saved as string[];
      const meta = await send(
        "GET",
        query("/datasets/meta", { role_id: "Inspection", roi_id: "metas", label: "ng", filename }),
      );
      expect(meta.body).toMatchObject({ note: 1, original_filename: "picture 1" });
    }
  });

  it("that name a field twice mean the last; two pictures for one are refused", async () => {
    const fields = { ...ROI, role_id: ["other", ROI.role_id], mm_per_px: 0.2 };
    expect((await postForm(url("/infer"), { ...fields, image: disc })).status).toBe(200);
    const { status, body } = await postForm(url("/infer"), { ...fields, image: [disc, disc] });
    expect([status, body.detail[0].loc]).toEqual([422, ["body", "image"]]);
  });
});

describe("JSON", () => {
  const scores = JSON.stringify({ ...ROI, roi_id: "json", ok_scores: [1] });

  it.each([
    ["a byte order mark", `\ufeff${scores}`, "application/json"],
    ["a charset", scores, "application/json; charset=utf-8"],
    ["another content type", scores, "text/plain"],
    ["no content type to speak of", scores, "application/octet-stream"],
  ])("is read with %s", async (_, text, type) => {
    const { status, body } = await postJson(url("/calibrate_ng"), text, { "content-type": type });
    expect([status, body.threshold]).toEqual([200, 1]);
  });

  it.each(["{", "[]", "null", '"x"', "[".repeat(100_000)])("is refused as %j, with words", async (text) => {
    const { status, body, headers } = await postJson(url("/calibrate_ng"), text);
    expect([status, body.error]).toEqual([400, expect.stringMatching(/JSON/)]);
    expect(body.request_id).toBe(headers.get("x-request-id"));
  });
});

describe("HTTP", () => {
  it("1.0 and HEAD are answered; a query parameter given twice means the last", async () => {
    const old = await raw("GET /health HTTP/1.0\r\n\r\n");
    expect([old.status, JSON.parse(old.body).status]).toEqual([200, "ok"]);
    const head = await raw("HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect([head.status, head.body]).toEqual([200, ""]);
    expect((await send("GET", url("/state?role_id=a&role_id=b&roi_id=c"))).body.role_id).toBe("b");
  });

  it("a client that waits for 100 Continue gets it before its body", async () => {
    const body = JSON.stringify({ ...ROI, roi_id: "expect", ok_scores: [1] });
    const answer = await raw(
      `POST /calibrate_ng HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
      body,
    );
    expect(answer.status).toBe(100);
    expect(answer.body).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it("HEAD of a picture gives its type and nothing else", async () => {
    const { body } = await postForm(url("/datasets/ok/upload"), { ...ROI, images: [disc] });
    const file = query("/datasets/file", { ...ROI, label: "ok", filename: body.saved[0] });
    const head = await fetch(file, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect((await (await fetch(file)).blob()).size).toBe(disc.size);
  });
});
