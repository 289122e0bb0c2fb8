import { describe, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { type RoiIds, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** Versions, roll-back and the audit, over a real server. */

const { url, query, newRoi, fitted } = useInspectionServer();

const version = (roi: RoiIds, number: number) => query(`/model_versions/${number}`, roi);

/** A ROI with two versions, each calibrated; the second knows other pictures. */
async function twoVersions(): Promise<RoiIds> {
  const { roi } = await fitted(3, { operator_id: "ana" });
  await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1], operator_id: "ana" });
  const images = [await discPng(1), await discPng(90)];
  await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, images, memory_fit: "1", operator_id: "eva" });
  await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [2], ng_scores: [9], operator_id: "eva" });
  return roi;
}

describe("GET /model_versions", () => {
  it("lists, shows and compares", async () => {
    const roi = await twoVersions();
    const { items } = (await send("GET", query("/model_versions", roi))).body;
    expect(items).toMatchObject([
      { version: 2, in_use: true, operator_id: "eva", n_images: 2, origin: "fit", backbone: "fb98" },
      {
        version: 1,
        in_use: false,
        operator_id: "ana",
        n_images: 3,
        calibration: { threshold: 1, in_use: false },
      },
    ]);
    expect(items[0]).toMatchObject({
      settings: { keep_everything: true, coreset_rate: 1 },
      calibration: { in_use: true, model_version: 2 },
    });
    const shown = (await send("GET", version(roi, 1))).body;
    expect(shown.dataset).toHaveLength(3);
    expect(shown.dataset[0]).toEqual({
      filename: expect.any(String),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const compared = (await send("GET", query("/compare_versions", { ...roi, a: 1, b: 2 }))).body;
    expect(compared).toMatchObject({
      settings: { keep_everything: { a: false, b: true }, coreset_rate: { a: 0.1, b: 1 } },
      dataset: { both: 1 },
      auroc: { a: null, b: 1 },
      confusion: { a: { detection_rate: null }, b: { false_alarm_rate: 0, detection_rate: 1 } },
    });
    expect([compared.dataset.only_a.length, compared.dataset.only_b.length]).toEqual([2, 1]);
    expect((await send("GET", version(roi, 7))).body).toMatchObject({ code: "version_not_found" });
    expect((await send("GET", version(roi, 0))).status).toBe(422);
    expect((await send("GET", query("/model_versions", newRoi()))).body.items).toEqual([]);
  });
});

describe("POST /rollback", () => {
  it("puts an older version and its calibration in use, and the next fit goes on counting", async () => {
    const roi = await twoVersions();
    const back = await postJson(url("/rollback"), { ...roi, version: 1, operator_id: "eva", note: "drift" });
    expect(back.body).toMatchObject({ model_version: 1, previous_version: 2, threshold: 1, warnings: [] });
    const image = await discPng(5);
    const inferred = (await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image })).body;
    expect(inferred).toMatchObject({ model_version: 1, threshold: 1, warnings: [] });
    expect((await send("GET", query("/state", roi))).body).toMatchObject({ model_version: 1 });
    expect((await send("GET", query("/manifest", roi))).body).toMatchObject({
      model_version: 1,
      calib: { threshold: 1 },
    });
    const inUse = await send("DELETE", version(roi, 1));
    expect(inUse.status).toBe(409);
    expect(inUse.body.code).toBe("version_in_use");
    expect((await send("DELETE", version(roi, 2))).body).toMatchObject({ deleted: true });
    expect((await send("DELETE", version(roi, 2))).body).toMatchObject({ deleted: false });
    const again = await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, mode: "append", images: [image] });
    expect(again.body).toMatchObject({ model_version: 3, n_images: 4 });
    const stale = (await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image })).body;
    expect(stale.warnings).toEqual([expect.stringMatching(/calibrate again/)]);
    expect((await postJson(url("/rollback"), { ...roi, version: 2 })).status).toBe(404);
  });

  it("never reaches into another recipe", async () => {
    const roi = await twoVersions();
    const other = { ...roi, recipe_id: "other" };
    expect((await send("GET", query("/model_versions", other))).body.items).toHaveLength(2);
    expect((await postJson(url("/rollback"), { ...other, version: 1 })).status).toBe(404);
    expect((await send("DELETE", query("/model_versions/1", other))).body).toMatchObject({ deleted: false });
  });
});

describe("GET /audit", () => {
  it("tells who did what, by filter and page", async () => {
    const roi = await twoVersions();
    await postJson(url("/threshold"), { ...roi, threshold: 3, operator_id: "eva" });
    await postForm(url("/datasets/ok/upload"), { ...roi, images: [await discPng(1)] });
    await send("DELETE", query("/datasets/clear", { ...roi, label: "ok", operator_id: "ana" }));
    const entries = async (more: object) =>
      (await send("GET", query("/audit", { role_id: roi.role_id, roi_id: roi.roi_id, ...more }))).body;
    const { items, next_before } = await entries({});
    expect(next_before).toBeNull();
    expect(items.map((one: { action: string }) => one.action)).toEqual([
      "clear_dataset",
      "set_threshold",
      "calibrate_ng",
      "fit",
      "calibrate_ng",
      "fit",
    ]);
    expect(items[1]).toMatchObject({
      operator_id: "eva",
      actor: "anonymous",
      recipe_id: "default",
      model_version: 2,
      details: { to: 3 },
      request_id: expect.any(String),
    });
    expect(items[3]).toMatchObject({ operator_id: "eva", model_version: 2, details: { pictures: 2 } });
    const first = await entries({ limit: 4 });
    const second = await entries({ limit: 4, before: first.next_before });
    expect([...first.items, ...second.items]).toEqual(items);
    expect((await entries({ action: "fit", operator_id: "ana" })).items).toHaveLength(1);
    expect((await entries({ recipe_id: "other" })).items).toEqual([]);
    expect((await entries({ until: "2020-01-01" })).items).toEqual([]);
    expect((await entries({ since: "2020-01-01" })).items).toHaveLength(6);
    for (const bad of [{ action: "dance" }, { since: "yesterday" }, { limit: 0 }])
      expect((await send("GET", query("/audit", bad))).status).toBe(422);
  });
});
