import { beforeAll, describe, expect, it } from "vitest";
import { drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import * as contract from "../../src/contracts/inspection/index.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { discPng, pngOf } from "../support/drawn-pictures.ts";
import { type RoiIds, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson } from "../support/requests.ts";

/** Several ROIs of one picture, drawn answers and fixed scales: spec/inspection.md sections 2 (f), 5 and 6. */

const { url, fitted } = useInspectionServer();

let roi: RoiIds;
beforeAll(async () => {
  ({ roi } = await fitted());
  const calibrated = await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1.5] });
  expect(calibrated.status).toBe(200);
});

const LIMITS = { maxBytes: 1e7, maxPixels: 1e7 };
const opened = (base64: string) => decodePicture(Buffer.from(base64, "base64"), LIMITS);

/** Two discs beside each other, the left one with a flaw. */
async function tray(): Promise<Blob> {
  const [left, right] = [drawDisc(50, { defect: "stain", size: 160 }), drawDisc(51, { size: 160 })];
  const data = new Uint8Array(320 * 160 * 3);
  for (let y = 0; y < 160; y++) {
    data.set(left.picture.data.subarray(480 * y, 480 * (y + 1)), 960 * y);
    data.set(right.picture.data.subarray(480 * y, 480 * (y + 1)), 960 * y + 480);
  }
  return pngOf({ width: 320, height: 160, data });
}

const batch = async (rois: unknown, fields: Record<string, string | number> = {}) =>
  postForm(url("/infer_batch"), {
    image: await tray(),
    rois: typeof rois === "string" ? rois : JSON.stringify(rois),
    mm_per_px: 0.2,
    ...fields,
  });

describe("POST /infer_batch", () => {
  it("answers each ROI as /infer answers its crop, and an overall decision", async () => {
    const whole = { x: 0, y: 0, w: 160, h: 160 };
    const { status, body } = await batch(
      [
        { ...roi, crop: whole },
        { ...roi, crop: { ...whole, x: 160 }, shape: { kind: "circle", cx: 80, cy: 80, r: 70 } },
      ],
      { operator_id: "ana", include_heatmap: "false" },
    );
    expect(status, JSON.stringify(body)).toBe(200);
    const answer = contract.inferBatch.responses[200].schema.parse(body);
    const alone = await postForm(url("/infer"), {
      ...roi,
      mm_per_px: 0.2,
      image: await discPng(50, "stain"),
    });
    expect(answer.items[0]!.result!.score).toBe(alone.body.score);
    expect(answer.items[0]!.result!.regions).toEqual(alone.body.regions);
    expect(answer.items.map(({ result }) => result?.operator_id)).toEqual(["ana", "ana"]);
    const decisions = answer.items.map(({ result }) => result?.decision);
    expect(decisions[0]).toBe(alone.body.decision);
    const count = (word: string) => decisions.filter((decision) => decision === word).length;
    expect(answer).toMatchObject({ n_total: 2, n_errors: 0, n_ok: count("ok"), n_ng: count("ng") });
    expect(answer.decision).toBe(answer.n_ng > 0 ? "ng" : "ok");
  });

  it("takes turned crops", async () => {
    const crop = { x: 160, y: 0, w: 160, h: 160 };
    const { body } = await batch([
      { ...roi, crop },
      { ...roi, crop: { ...crop, angle: 180 } },
      { ...roi, crop: { x: 200, y: 40, w: 80, h: 60, angle: 30 } },
    ]);
    const [upright, upsideDown, turned] = body.items;
    expect([upright.error, upsideDown.error, turned.error]).toEqual([null, null, null]);
    expect(upsideDown.result.score).not.toBe(upright.result.score);
    const heatmap = await opened(turned.result.heatmap_png_base64);
    expect([heatmap.width, heatmap.height]).toEqual([80, 60]);
  });

  it("gives each ROI its own error, in /infer's words", async () => {
    const { status, body } = await batch([
      { role_id: "nobody", roi_id: "fitted" },
      { ...roi, crop: { x: 200, y: 0, w: 200, h: 100 } },
      { ...roi, crop: { x: 0, y: 0, w: 160, h: 160, angle: 45 } },
      { ...roi, mm_per_px: 0.9 },
      { ...roi, shape: "{" },
      { ...roi, crop: { x: 160, y: 0, w: 160, h: 160 } },
    ]);
    expect(status).toBe(200);
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual([
      "memory_not_found",
      "invalid_crop",
      "invalid_crop",
      "mm_per_px_mismatch",
      "invalid_shape",
      null,
    ]);
    expect(body.items[0].error).toBe("Memoria no encontrada. Ejecuta /fit_ok antes de /infer.");
    expect(body).toMatchObject({ n_errors: 5, decision: body.n_ng > 0 ? "ng" : null });
  });

  it.each([
    ["no JSON", "[{"],
    ["no list", "{}"],
    ["an empty list", "[]"],
    ["too many", JSON.stringify(Array.from({ length: 65 }, () => ({ role_id: "a", roi_id: "b" })))],
    ["a ROI without a name", '[{"role_id":"a"}]'],
    ["a crop without numbers", '[{"role_id":"a","roi_id":"b","crop":{"x":0,"y":0,"w":"wide","h":1}}]'],
  ])("refuses %s with the list of faults", async (_what, rois) => {
    const { status, body } = await batch(rois);
    expect(status).toBe(422);
    expect(body.detail[0].loc.slice(0, 2)).toEqual(["body", "rois"]);
    expect(body.request_id).toBeTypeOf("string");
  });

  it("refuses a picture that is none, as /infer does", async () => {
    const image = new Blob(["no picture"]);
    const { status, body } = await postForm(url("/infer_batch"), {
      image,
      rois: JSON.stringify([roi]),
      mm_per_px: 0.2,
    });
    expect(status).toBe(400);
    expect(body.code).toBe("undecodable_image");
  });
});

describe("the pictures of /infer", () => {
  const infer = async (fields: Record<string, string>) =>
    postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image: await discPng(50, "stain"), ...fields });

  it("have the scale that was asked for", async () => {
    const fixed = (await infer({ heatmap_scale: "0,4" })).body;
    expect(fixed.heatmap_scale).toEqual({ min: 0, max: 4 });
    const about = (await infer({ heatmap_scale: "threshold" })).body;
    expect(about.heatmap_scale).toEqual({ min: 0, max: 2 * about.threshold });
    const { data } = await opened(about.heatmap_png_base64);
    const brightest = data.reduce((most, value) => Math.max(most, value), 0);
    expect(brightest).toBe(Math.min(255, Math.round((255 * about.score) / (2 * about.threshold))));
    for (const heatmap_scale of ["1", "2,1", "a,b", "0,1,2"])
      expect((await infer({ heatmap_scale })).status, heatmap_scale).toBe(422);
  });

  it("include overlay and outlines where they are wanted, and no others", async () => {
    const plain = (await infer({})).body;
    expect(plain).toMatchObject({ overlay_png_base64: null, contours_png_base64: null });
    const both = (await infer({ include_overlay: "true", include_contours: "1", include_heatmap: "no" }))
      .body;
    expect(both.heatmap_png_base64).toBeNull();
    const [overlay, contours] = [
      await opened(both.overlay_png_base64),
      await opened(both.contours_png_base64),
    ];
    expect([overlay.width, contours.height]).toEqual([160, 160]);
    const [corner] = both.regions[0].contour;
    const at = 3 * (corner[1] * 160 + corner[0]);
    expect([...overlay.data.subarray(at, at + 3)]).toEqual([255, 32, 32]);
    expect([...contours.data.subarray(at, at + 3)]).toEqual([255, 32, 32]);
  });
});
