import { beforeAll, describe, expect, it } from "vitest";
import { drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import { spoil } from "../../src/algorithms/image/drawn-discs/spoil.ts";
import * as contract from "../../src/contracts/inspection/index.ts";
import { discPng, pngOf } from "../support/drawn-pictures.ts";
import { type RoiIds, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** The image-quality gate over HTTP: spec/inspection.md section 5. */

const { url, query, newRoi, fitted } = useInspectionServer();

let roi: RoiIds;
beforeAll(async () => {
  ({ roi } = await fitted(6));
  await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [50] });
});

const infer = async (image: Blob, fields: Record<string, string> = {}) =>
  postForm(url("/infer"), { ...roi, mm_per_px: 0.2, include_heatmap: "no", image, ...fields });
const darkDisc = () => pngOf(spoil(drawDisc(60, { size: 160 }).picture, { kind: "light", gain: 0.5 }));
const gate = (fields: Record<string, unknown>) => postJson(url("/quality_gate"), { ...roi, ...fields });

describe("the quality of a picture", () => {
  it("stands in /infer's answer, and a poor one warns and decides as before", async () => {
    const good = contract.InferAnswer.parse((await infer(await discPng(60))).body);
    expect(good.quality).toMatchObject({ verdict: "good", reasons: [], on_poor: "warn" });
    expect(good.warnings).toEqual([]);
    const dark = contract.InferAnswer.parse((await infer(await darkDisc())).body);
    expect(dark).toMatchObject({ decision: "ok", quality: { verdict: "poor", exposure: { poor: true } } });
    expect(dark.quality?.blur.poor).toBe(false);
    expect(dark.warnings).toEqual([expect.stringMatching(/poor quality \(too dark: mean brightness/)]);
  });

  it("decides what the ROI's gate says, in /infer_batch too", async () => {
    const unset = contract.qualityGate.responses[200].schema.parse(
      (await send("GET", query("/quality_gate", roi))).body,
    );
    expect(unset).toMatchObject({ on_poor: "warn", updated_at_utc: null, reference: { n_images: 6 } });
    const set = await gate({ on_poor: "undecided", operator_id: "ana" });
    expect(set.body).toMatchObject({ on_poor: "undecided", operator_id: "ana", model_version: 1 });
    const undecided = await infer(await darkDisc());
    expect(undecided.body).toMatchObject({ decision: null, is_anomaly: null, threshold: 50 });
    await gate({ on_poor: "ng" });
    const rois = JSON.stringify([roi]);
    const batch = await postForm(url("/infer_batch"), { image: await darkDisc(), rois, mm_per_px: 0.2 });
    expect(batch.body).toMatchObject({ decision: "ng", items: [{ result: { is_anomaly: true } }] });
    expect((await infer(await discPng(61))).body.decision).toBe("ok");
    await gate({ on_poor: "off" });
    expect((await infer(await darkDisc())).body).toMatchObject({ quality: null, decision: "ok" });
  });

  it("is refused other words, and a ROI without a memory has no reference", async () => {
    const { status, body } = await gate({ on_poor: "explode" });
    expect(status).toBe(422);
    expect(body.detail[0].loc).toEqual(["body", "on_poor"]);
    const empty = await send("GET", query("/quality_gate", newRoi()));
    expect(empty.body).toMatchObject({ on_poor: "warn", reference: null, model_version: null });
  });
});
