import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { runCommand, type ServerProcess, startServer } from "../support/server-process.ts";

/** The settings that inspection's sites already use: each has an effect (spec/inspection.md section 2). */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quatrain-settings-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const discs = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, seed) => discPng(seed, undefined, 96)));
const ROI = { role_id: "Inspection", roi_id: "roi" };

describe("BDI_ settings", () => {
  let server: ServerProcess;
  const url = (path: string) => server.url + path;

  beforeAll(async () => {
    server = await startServer({
      dataDir: join(folder, "data"),
      environment: {
        BDI_MODELS_DIR: join(folder, "models"),
        BDI_MIN_OK_SAMPLES: "3",
        BDI_CORESET_RATE: "0.5",
        BDI_SCORE_PERCENTILE: "50",
        BDI_AREA_MM2_THR: "12.5",
        BDI_CACHE_MAX_ENTRIES: "1",
        BDI_TRAIN_DATASET_ONLY: "1",
        BDI_CORS_ORIGINS: "http://gui.local, http://other.local:3000",
        BDI_REQUIRE_CUDA: "0",
      },
    });
  });
  afterAll(() => server.end("SIGTERM").then(() => undefined));

  it("BDI_TRAIN_DATASET_ONLY refuses uploaded images, also beside use_dataset", async () => {
    const images = await discs(1);
    for (const fields of [{ images }, { images, use_dataset: "true" }, { use_dataset: "false" }]) {
      const form: Record<string, string | Blob[]> = { ...ROI, mm_per_px: "0.2" };
      const { status, body } = await postForm(url("/fit_ok"), Object.assign(form, fields));
      expect([status, body.error]).toEqual([400, expect.stringMatching(/BDI_TRAIN_DATASET_ONLY=1/)]);
    }
  });

  it("BDI_MIN_OK_SAMPLES, BDI_CORESET_RATE and BDI_MODELS_DIR decide about a fit", async () => {
    const [first, ...others] = await discs(3);
    await postForm(url("/datasets/ok/upload"), { ...ROI, images: others });
    const fitDataset = () => postForm(url("/fit_ok"), { ...ROI, mm_per_px: 0.2, use_dataset: true });
    expect((await fitDataset()).body.error).toMatch(/has 2 OK images and 3 are needed/);
    await postForm(url("/datasets/ok/upload"), { ...ROI, images: [first!] });
    const { status, body } = await fitDataset();
    expect([status, body.coreset_rate_requested]).toEqual([200, 0.5]);
    expect(body.coreset_rate_applied).toBeGreaterThan(0.4); // the cap of 4,000 a grid
    expect(await readdir(join(folder, "models", "recipes", "default"))).toEqual(["datasets", "models"]);
    expect(existsSync(join(folder, "data", "inspection"))).toBe(false);
  });

  it("BDI_SCORE_PERCENTILE and BDI_AREA_MM2_THR are the defaults of a calibration, and no more", async () => {
    const ok_scores = [1, 2, 30];
    const { body } = await postJson(url("/calibrate_ng"), { ...ROI, ok_scores });
    expect(body).toMatchObject({ threshold: 2, score_percentile: 50, area_mm2_thr: 12.5 });
    const own = { ...ROI, ok_scores, score_percentile: 100, area_mm2_thr: 0 };
    expect((await postJson(url("/calibrate_ng"), own)).body).toMatchObject({
      threshold: 30,
      area_mm2_thr: 0,
    });
  });

  it("BDI_CORS_ORIGINS opens inspection to these pages, answers to preflights and errors included", async () => {
    const from = (origin: string, method = "GET", path = "/state") =>
      send(method, url(path), { origin, "access-control-request-method": "POST" });
    for (const origin of ["http://gui.local", "http://other.local:3000"]) {
      const preflight = await from(origin, "OPTIONS", "/infer");
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
      expect(preflight.headers.get("access-control-allow-headers")).toMatch(/X-Recipe-Id/i);
      const error = await from(origin);
      expect([error.status, error.headers.get("access-control-allow-origin")]).toEqual([422, origin]);
      expect(error.headers.get("access-control-expose-headers")).toMatch(/X-Request-Id/i);
    }
    const stranger = await from("http://evil.local");
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("BDI_CACHE_MAX_ENTRIES below the number of models costs time and changes nothing", async () => {
    const [image] = await discs(1);
    const keys = ["one", "two"];
    const infer = async (model_key: string) => {
      const fields = { ...ROI, model_key, mm_per_px: 0.2, allow_uncalibrated: true };
      return (await postForm(url("/infer"), { ...fields, image: image! })).body.score;
    };
    for (const model_key of keys) {
      await postForm(url("/fit_ok"), { ...ROI, model_key, mm_per_px: 0.2, use_dataset: true });
    }
    const scores = [];
    for (const key of [...keys, ...keys]) scores.push(await infer(key));
    expect(scores.slice(2)).toEqual(scores.slice(0, 2));
    expect(scores[0]).toBeTypeOf("number");
  });
});

it("settings that cannot be met are told together, and nothing is started", async () => {
  const dataDir = join(folder, "never");
  const { code, stderr } = await runCommand(["serve", "--port", "0", "--data", dataDir], {
    environment: { BDI_CORESET_RATE: "2", BDI_MIN_OK_SAMPLES: "some", BDI_REQUIRE_CUDA: "1" },
  });
  expect(code).not.toBe(0);
  for (const name of ["BDI_CORESET_RATE", "BDI_MIN_OK_SAMPLES", "BDI_REQUIRE_CUDA"]) {
    expect(stderr).toContain(name);
  }
  expect(existsSync(dataDir)).toBe(false);
});

describe.each([
  ["INSPECTION_PORT", { environment: { INSPECTION_PORT: "0" }, listeners: 2 }],
  ["--only inspection", { options: ["--only", "inspection"], listeners: 1 }],
])("%s", (_, { listeners, ...settings }) => {
  let server: ServerProcess;
  let base: string;

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(folder, "data-"));
    const environment = {
      QUATRAIN_API_KEY: "secret-key-1",
      ...("environment" in settings && settings.environment),
    };
    server = await startServer({ dataDir, listeners, ...settings, environment });
    base = /on (\S+)/.exec(server.lines.at(-1) ?? "")?.[1] ?? "";
  });
  afterAll(() => server.end("SIGTERM").then(() => undefined));

  const KEY = { "x-api-key": "secret-key-1" };

  it("speaks inspection's dialect on every path", async () => {
    const missing = await send("GET", `${base}/nothing`);
    expect(missing.status).toBe(404);
    expect(missing.body).toEqual({
      error: "Not Found",
      detail: "Not Found",
      code: "not_found",
      request_id: missing.headers.get("x-request-id"),
      recipe_id: "default",
    });
    const wrong = await send("PUT", `${base}/infer`);
    expect([wrong.status, wrong.body.detail, wrong.headers.get("allow")]).toEqual([
      405,
      "Method Not Allowed",
      "POST",
    ]);
    const { body } = await send("GET", `${base}/openapi.json`);
    expect(Object.keys(body.paths)).toContain("/fit_ok");
  });

  it("asks for the configured key everywhere but on /health, and says so in inspection's body", async () => {
    const health = await send("GET", `${base}/health`);
    expect(health.status).toBe(200);
    expect(Object.keys(health.body).sort()).toEqual(
      [
        ...["status", "device", "model", "version", "request_id", "recipe_id", "reason"],
        ...["uptime_s", "roles_loaded", "backbone"],
      ].sort(),
    );
    const state = `${base}/state?${new URLSearchParams(ROI)}`;
    for (const key of [null, "wrong", ""]) {
      const { status, body } = await send("GET", state, key === null ? {} : { "x-api-key": key });
      expect(status).toBe(401);
      expect(body).toMatchObject({ error: expect.stringMatching(/key/i), recipe_id: "default" });
      expect(body.request_id).toBeTypeOf("string");
    }
    const form = await postForm(`${base}/infer`, { ...ROI, mm_per_px: 0.2, image: new Blob(["x"]) });
    expect(form.status).toBe(401);
  });

  it("opens to the key", async () => {
    const state = `${base}/state?${new URLSearchParams(ROI)}`;
    expect((await send("GET", state, KEY)).status).toBe(200);
  });
});
