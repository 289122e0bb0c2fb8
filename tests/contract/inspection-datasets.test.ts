import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as contract from "../../src/contracts/inspection/index.ts";
import { discPng, plainPicture, pngOf } from "../support/drawn-pictures.ts";
import { goodDiscs, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** contracts/inspection.md and the manual beside it, as spec/inspection.md reads them, over a real server. */

const { url, query, newRoi, fitted, dataDir } = useInspectionServer();

describe("recipes", () => {
  it("come from the payload, then the header, then default; trimmed and lower-cased", async () => {
    const asked = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      send("GET", query("/state", { ...newRoi(), ...fields }), headers).then(({ body }) => body.recipe_id);
    expect(await asked({ recipe_id: "  Payload " }, { "x-recipe-id": "header" })).toBe("payload");
    expect(await asked({}, { "x-recipe-id": "Header" })).toBe("header");
    expect(await asked({ recipe_id: " " })).toBe("default");
  });

  it.each(["last", "Last ", "-a", "a/b", "..", "x".repeat(65), "ñ"])("refuse %j", async (recipe_id) => {
    const { status, body } = await send("GET", query("/state", { ...newRoi(), recipe_id }));
    expect(status).toBe(400);
    expect(body.detail.error).toBe(body.error);
  });

  it("fall back to default for reading, never for deleting", async () => {
    const { roi } = await fitted(2);
    await postForm(url("/datasets/ok/upload"), { ...roi, images: await goodDiscs(2) });
    const other = { ...roi, recipe_id: "other-1" };
    expect((await send("GET", query("/state", other))).body.memory_fitted).toBe(true);
    expect((await send("GET", query("/datasets/list", other))).body.classes.ok.count).toBe(2);
    const cleared = await send("DELETE", query("/datasets/clear", { ...other, label: "ok" }));
    expect(cleared.body.cleared).toBe(0);
    const filename = (await send("GET", query("/datasets/list", roi))).body.classes.ok.files[0];
    expect(
      (await send("DELETE", query("/datasets/file", { ...other, label: "ok", filename }))).body.deleted,
    ).toBe(false);
    expect((await send("GET", query("/datasets/list", roi))).body.classes.ok.count).toBe(2);
  });
});

describe("datasets", () => {
  it("store pictures with sidecars under the documented folders, and give both back", async () => {
    const roi = { role_id: "Inspection", roi_id: "layout-1" };
    const metas = [JSON.stringify({ mm_per_px: 0.2, note: "a" }), JSON.stringify({ note: "b" })];
    const images = [await discPng(0), await discPng(1)];
    const { status, body } = await postForm(url("/datasets/ok/upload"), { ...roi, images, metas });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "ok", label: "ok", ...roi, recipe_id: "default" });
    for (const name of body.saved) expect(name).toMatch(/^\d{8}-\d{6}-\d{6}\.png$/);
    const base = `${Buffer.from("Inspection").toString("base64url")}__${Buffer.from("layout-1").toString("base64url")}`;
    const folder = join(dataDir(), "inspection", "recipes", "default", "datasets", base, "ok");
    expect((await readdir(folder)).length).toBe(4);
    const list = (await send("GET", query("/datasets/list", roi))).body;
    expect(list.classes).toEqual({
      ok: { count: 2, files: body.saved, meta: { [body.saved[0]]: true, [body.saved[1]]: true } },
      ng: { count: 0, files: [], meta: {} },
    });
    const file = { ...roi, label: "OK", filename: `some/where/${body.saved[0]}` };
    const meta = (await send("GET", query("/datasets/meta", file))).body;
    expect(meta).toMatchObject({
      note: "a",
      mm_per_px: 0.2,
      ...roi,
      label: "ok",
      filename: body.saved[0],
      recipe_id: "default",
    });
    expect(meta.created_at_utc).toMatch(/^\d{4}-\d\d-\d\dT/);
    const bytes = await fetch(query("/datasets/file", file));
    expect(bytes.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(Buffer.from(await images[0]!.arrayBuffer()));
    expect((await send("DELETE", query("/datasets/file", file))).body).toMatchObject({ deleted: true });
    expect((await send("DELETE", query("/datasets/file", file))).body).toMatchObject({ deleted: false });
    expect((await send("GET", query("/datasets/file", file))).body.detail).toBe("file not found");
    expect((await send("GET", query("/datasets/meta", file))).body.detail).toBe("meta not found");
    expect((await send("DELETE", query("/datasets/clear", { ...roi, label: "ok" }))).body.cleared).toBe(1);
    await expect(readdir(folder)).rejects.toThrow(/ENOENT/);
  });

  it("take all pictures of an upload or none", async () => {
    const roi = newRoi();
    const images = [await discPng(0), new Blob(["not a picture"]), await discPng(1)];
    const { status, body } = await postForm(url("/datasets/ng/upload"), { ...roi, images });
    expect(status).toBe(400);
    expect(body.error).toMatch(/picture.png/);
    expect((await send("GET", query("/datasets/list", roi))).body.classes.ng.count).toBe(0);
  });

  it("check the metas: their number, their JSON, their scale", async () => {
    const roi = { ...newRoi(), recipe_id: "metas-1" };
    const images = [await discPng(0), await discPng(1)];
    const upload = (metas: string[]) => postForm(url("/datasets/ok/upload"), { ...roi, images, metas });
    const short = await upload(["{}"]);
    expect([short.status, short.body.detail]).toEqual([400, expect.stringMatching(/metas length/)]);
    expect((await upload(["{}", "{"])).status).toBe(400);
    expect((await upload(["{}", '{"mm_per_px": 0}'])).status).toBe(400);
    expect((await upload(['{"mm_per_px": 0.2}', '{"mm_per_px": 0.3}'])).status).toBe(409);
    expect((await upload(['{"mm_per_px": 0.2}', "{}"])).status).toBe(200);
    expect((await upload(['{"mm_per_px": 0.5}', "{}"])).status).toBe(409);
  });

  it("refuse labels and names that mean nothing", async () => {
    const roi = newRoi();
    const labelled = await send("GET", query("/datasets/file", { ...roi, label: "good", filename: "a.png" }));
    expect([labelled.status, labelled.body.error]).toEqual([400, "label must be ok or ng, not 'good'"]);
    expect((await send("DELETE", query("/datasets/clear", { ...roi, label: "" }))).status).toBe(422);
    for (const filename of ["../../../quatrain.db", "..", "%2e%2e"]) {
      expect((await send("GET", query("/datasets/file", { ...roi, label: "ok", filename }))).status).toBe(
        404,
      );
    }
  });
});

describe("POST /infer_dataset and /calibrate_dataset", () => {
  it("score every picture, a bad one in its own error, and leave OK pictures' own patches out", async () => {
    const roi = newRoi();
    const images = await goodDiscs(11);
    await postForm(url("/datasets/ok/upload"), { ...roi, images });
    const shape_json = JSON.stringify({ kind: "star" });
    await postForm(url("/datasets/ng/upload"), {
      ...roi,
      images: [await discPng(60, "stain"), await discPng(61)],
      metas: ["{}", JSON.stringify({ shape_json })],
    });
    expect((await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, use_dataset: "1" })).status).toBe(200);

    const uncalibrated = (await postJson(url("/infer_dataset"), roi)).body;
    expect(uncalibrated).toMatchObject({ status: "ok", n_total: 13, n_errors: 1, threshold: null });
    const bad = uncalibrated.items.find((item: { error: string | null }) => item.error !== null);
    expect(bad).toMatchObject({ label: "ng", score: null, error: expect.stringMatching(/shape/) });

    const refused = await postJson(url("/calibrate_dataset"), roi);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatch(/^ng\/.*shape/);
    await send("DELETE", query("/datasets/file", { ...roi, label: "ng", filename: bad.filename }));
    const calibrated = (await postJson(url("/calibrate_dataset"), { ...roi, score_percentile: 0.95 })).body;
    expect(calibrated).toMatchObject({
      status: "ok",
      n_ok: 11,
      n_ng: 1,
      score_percentile: 95,
      model_version: 1,
    });
    const plain = uncalibrated.items
      .filter((item: { label: string }) => item.label === "ok")
      .map((item: { score: number }) => item.score);
    const higher = calibrated.ok_scores.filter((score: number, index: number) => score > plain[index]).length;
    expect(higher).toBeGreaterThan(8);

    const inspected = (
      await postJson(url("/infer_dataset"), { ...roi, labels: ["NG"], include_heatmap: true })
    ).body;
    expect(inspected.items).toHaveLength(1);
    expect(inspected.items[0].heatmap_png_base64).toBeTypeOf("string");
    expect((await postJson(url("/infer_dataset"), { ...roi, labels: ["maybe"] })).status).toBe(400);
    const manifest = (await send("GET", query("/manifest", roi))).body;
    expect(contract.Manifest.parse(manifest)).toMatchObject({
      memory: true,
      calib: { threshold: calibrated.threshold },
      mm_per_px: 0.2,
    });
    const byPath = await send(
      "GET",
      url(`/manifests/${encodeURIComponent(roi.role_id)}/${encodeURIComponent(roi.roi_id)}`),
    );
    expect({ ...byPath.body, request_id: "" }).toEqual({ ...manifest, request_id: "" });
  });

  it("calibrate good parts that are all the same picture, with a doubt, and still find what is different", async () => {
    const roi = newRoi();
    const same = await pngOf(plainPicture(96, 96));
    await postForm(url("/datasets/ok/upload"), { ...roi, images: Array(10).fill(same) });
    await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, use_dataset: true });
    const calibrated = (await postJson(url("/calibrate_dataset"), { ...roi, require_ng: false })).body;
    expect(calibrated.threshold).toBeGreaterThan(0);
    expect(calibrated.warnings).toEqual([expect.stringMatching(/too much alike/)]);
    const decide = async (image: Blob) =>
      (await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image })).body.decision;
    expect(await decide(same)).toBe("ok");
    const marked = plainPicture(96, 96);
    for (let row = 40; row < 56; row++) marked.data.fill(20, (row * 96 + 40) * 3, (row * 96 + 56) * 3);
    expect(await decide(await pngOf(marked))).toBe("ng");
  });

  it("say what is missing", async () => {
    const roi = newRoi();
    expect((await postJson(url("/calibrate_dataset"), roi)).body.error).toMatch(/Memoria no encontrada/);
    const { roi: other } = await fitted(2);
    expect((await postJson(url("/calibrate_dataset"), other)).body.error).toMatch(/no OK images/);
    await postForm(url("/datasets/ok/upload"), { ...other, images: await goodDiscs(2) });
    expect((await postJson(url("/calibrate_dataset"), other)).body.error).toMatch(/no NG images/);
  });
});

describe("everything else", () => {
  it("is 404 with detail and request id; a wrong method 405 with Allow", async () => {
    const missing = await send("GET", url("/nothing"));
    expect(missing.status).toBe(404);
    expect(missing.body).toMatchObject({
      error: "Not Found",
      detail: "Not Found",
      status: 404,
      code: "not_found",
    });
    const wrong = await send("GET", url("/fit_ok"));
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("POST");
    expect(wrong.body.detail).toBe("Method Not Allowed");
  });

  it("is described by an OpenAPI 3.0.3 document with every endpoint", async () => {
    const { body } = await send("GET", url("/openapi.json"));
    expect(body.openapi).toBe("3.0.3");
    const paths = [
      "/health",
      "/fit_ok",
      "/calibrate_ng",
      "/infer",
      "/manifest",
      "/state",
      "/infer_dataset",
      "/calibrate_dataset",
      "/datasets/list",
      "/datasets/file",
      "/datasets/meta",
      "/datasets/clear",
      "/datasets/ok/upload",
      "/datasets/ng/upload",
      "/manifests/{role_id}/{roi_id}",
    ];
    for (const path of paths) expect(Object.keys(body.paths)).toContain(path);
  });
});
