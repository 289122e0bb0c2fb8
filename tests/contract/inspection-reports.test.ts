import { describe, expect, it } from "vitest";
import * as contract from "../../src/contracts/inspection/index.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { goodDiscs, type RoiIds, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** Reports, thresholds by hand and suspicious pictures, over a real server. */

const { url, query, newRoi, fitted } = useInspectionServer();

const report = async (roi: object) => send("GET", query("/calibration_report", roi));

/** A ROI whose dataset was fitted; the last OK picture has a stain. */
async function datasetRoi(): Promise<RoiIds> {
  const roi = newRoi();
  const images = [...(await goodDiscs(10)), await discPng(70, "stain")];
  await postForm(url("/datasets/ok/upload"), { ...roi, images });
  await postForm(url("/datasets/ng/upload"), {
    ...roi,
    images: [await discPng(60, "stain"), await discPng(61, "scratch")],
  });
  expect((await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, use_dataset: "1" })).status).toBe(200);
  return roi;
}

describe("GET /calibration_report", () => {
  it("tells what the scores behind a calibration say, and which OK picture is none", async () => {
    const roi = await datasetRoi();
    expect((await report(roi)).body).toMatchObject({ error: "calibration_missing" });
    expect((await send("GET", query("/suspicious", roi))).body).toMatchObject({ code: "scores_missing" });
    const calibrated = (await postJson(url("/calibrate_dataset"), { ...roi, operator_id: "ana" })).body;

    const { status, body } = await report({ ...roi, target_false_alarm_rate: 0.2, bins: 4 });
    expect(status).toBe(200);
    const told = contract.CalibrationReport.parse(body);
    expect(told).toMatchObject({
      in_use: true,
      origin: "dataset",
      operator_id: "ana",
      threshold: calibrated.threshold,
      computed_threshold: calibrated.threshold,
      n_ok: 11,
      n_ng: 2,
      model_version: 1,
    });
    const scores = (label: string) =>
      told.scores!.filter((one) => one.label === label).map((one) => one.score);
    expect(scores("ok")).toEqual(calibrated.ok_scores);
    expect(scores("ng")).toEqual(calibrated.ng_scores);
    const pairs = scores("ng").flatMap((ng) => scores("ok").map((ok) => (ng > ok ? 1 : ng === ok ? 0.5 : 0)));
    expect(told.auroc).toBeCloseTo(pairs.reduce<number>((sum, win) => sum + win, 0) / pairs.length, 12);
    expect(told.histogram!.edges).toHaveLength(5);
    const falseAlarms = scores("ok").filter((score) => score > told.threshold).length;
    expect(told.confusion).toMatchObject({
      false_positives: falseAlarms,
      false_alarm_rate: falseAlarms / 11,
    });
    expect(told.false_alarm_target!.confusion.false_alarm_rate).toBeLessThanOrEqual(0.2);
    expect(told.best_f1!.confusion.f1).toBeGreaterThanOrEqual(told.confusion!.f1!);

    const { body: ranked } = await send("GET", query("/suspicious", roi));
    const names = (await send("GET", query("/datasets/list", roi))).body.classes.ok.files;
    expect(ranked).toMatchObject({ n_ok: 11, rule: expect.stringContaining("median"), warnings: [] });
    expect(ranked.items[0]).toMatchObject({ filename: names[10], suspicious: true });
    await send("DELETE", query("/datasets/file", { ...roi, label: "ok", filename: names[10] }));
    await postForm(url("/datasets/ok/upload"), { ...roi, images: [await discPng(71)] });
    const later = (await send("GET", query("/suspicious", roi))).body;
    expect(later.n_ok).toBe(10);
    expect(later.warnings).toEqual([expect.stringMatching(/^1 OK pictures have no/)]);
  });

  it("of given scores, of one of several calibrations, and says what it cannot tell", async () => {
    const roi = newRoi();
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [10, 11, 13], ng_scores: [5, 12] });
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1, 2, "NaN"] });
    const { items } = (await send("GET", query("/calibrations", roi))).body;
    expect(items).toMatchObject([
      { in_use: true, n_ok: 2, n_ng: 0, model_version: null },
      { in_use: false, n_ok: 3, n_ng: 2, threshold: 13.2192 },
    ]);
    const newest = (await report(roi)).body;
    expect(newest).toMatchObject({ auroc: null, best_f1: null, calibration_id: items[0].calibration_id });
    expect(newest.warnings).toEqual([
      expect.stringMatching(/Without NG scores/),
      expect.stringMatching(/takes 100$/),
      expect.stringMatching(/came from outside/),
    ]);
    const { calibration_id } = items[1];
    const older = (await report({ ...roi, calibration_id, include_scores: false })).body;
    expect(older).toMatchObject({ auroc: 2 / 6, in_use: false, scores: null });
    expect((await report({ ...newRoi(), calibration_id })).body).toMatchObject({
      code: "calibration_not_found",
      detail: expect.stringContaining("/calibrations"),
    });
    expect((await report({ ...roi, bins: 0 })).status).toBe(422);
    expect((await report({ ...roi, target_false_alarm_rate: 1 })).status).toBe(422);
  });
});

describe("POST /threshold", () => {
  it("decides from then on, and remembers who changed what", async () => {
    const { roi } = await fitted(4);
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1e-9], operator_id: "ana" });
    const infer = async () =>
      (await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image: await discPng(80, "stain") })).body;
    expect(await infer()).toMatchObject({ decision: "ng" });
    const threshold = 1e6;
    const set = await postJson(url("/threshold"), { ...roi, threshold, operator_id: "eva", note: "trial" });
    expect(set.body).toMatchObject({
      threshold,
      history: [
        { reason: "manual", from: 1e-9, to: threshold, operator_id: "eva", note: "trial", model_version: 1 },
        { reason: "calibration", from: null, to: 1e-9, operator_id: "ana", note: null },
      ],
    });
    expect(await infer()).toMatchObject({ decision: "ok", threshold });
    expect((await report(roi)).body).toMatchObject({ threshold, computed_threshold: 1e-9 });
    expect((await send("GET", query("/threshold", roi))).body.history).toEqual(set.body.history);
  });

  it("refuses what could never decide, and a recipe without a calibration of its own", async () => {
    const roi = newRoi();
    expect((await postJson(url("/threshold"), { ...roi, threshold: 1 })).body).toMatchObject({
      code: "no_own_calibration",
    });
    expect((await send("GET", query("/threshold", roi))).body).toMatchObject({
      error: "calibration_missing",
    });
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1] });
    for (const threshold of [0, -1, "NaN", "Infinity", "high"])
      expect((await postJson(url("/threshold"), { ...roi, threshold })).status, String(threshold)).toBe(422);
    const other = await postJson(url("/threshold"), { ...roi, recipe_id: "b", threshold: 2 });
    expect(other.body).toMatchObject({ code: "no_own_calibration", recipe_id: "b" });
    expect((await send("GET", query("/threshold", { ...roi, recipe_id: "b" }))).body.threshold).toBe(1);
  });
});
