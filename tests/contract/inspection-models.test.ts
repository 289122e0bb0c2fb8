import { describe, expect, it } from "vitest";
import { DEFECT_KINDS } from "../../src/algorithms/image/drawn-discs/index.ts";
import * as contract from "../../src/contracts/inspection/index.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { discPng, plainPicture, pngOf } from "../support/drawn-pictures.ts";
import { goodDiscs, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** contracts/inspection.md and the manual beside it, as spec/inspection.md reads them, over a real server. */

const { url, query, newRoi, fitted } = useInspectionServer();

describe("GET /health", () => {
  it("answers the documented body", async () => {
    const { status, body, headers } = await send("GET", url("/health"), { "x-request-id": "abc-1" });
    expect(status).toBe(200);
    expect(contract.Health.parse(body)).toMatchObject({
      status: "ok",
      device: "cpu",
      request_id: "abc-1",
      recipe_id: "default",
      reason: "cuda_not_available",
    });
    expect(headers.get("x-request-id")).toBe("abc-1");
  });

  it("validates the recipe header, like every endpoint", async () => {
    const { status, body } = await send("GET", url("/health"), { "x-recipe-id": "LAST" });
    expect(status).toBe(400);
    expect(body.detail.error).toBe(body.error);
    expect(body.detail.request_id).toBe(body.request_id);
  });
});

describe("POST /fit_ok", () => {
  it("answers the documented figures", async () => {
    const { answer, roi } = await fitted();
    const body = contract.FitAnswer.parse(answer.body);
    expect(body).toMatchObject({
      coreset_rate_requested: 0.1,
      recipe_id: "default",
      model_version: 1,
      n_images: 4,
    });
    expect(body.coreset_rate_applied).toBeCloseTo(body.coreset_size / body.n_embeddings, 12);
    const state = await send("GET", query("/state", roi));
    expect(state.body).toMatchObject({
      memory_fitted: true,
      calib_present: false,
      model_key: roi.roi_id,
      ...roi,
    });
  });

  it("replaces the memory, or adds to it with mode=append", async () => {
    const { roi } = await fitted(3);
    const replaced = await postForm(url("/fit_ok"), {
      ...roi,
      mm_per_px: 0.2,
      images: [await discPng(90), await discPng(91)],
    });
    expect(replaced.body).toMatchObject({ model_version: 2, n_images: 2 });
    const added = await postForm(url("/fit_ok"), {
      ...roi,
      mm_per_px: 0.2,
      mode: "append",
      images: [await discPng(92)],
    });
    expect(added.body).toMatchObject({ model_version: 3, n_images: 3 });
  });

  it("keeps every patch with memory_fit", async () => {
    const { answer } = await fitted(2, { memory_fit: "yes" });
    expect(answer.body).toMatchObject({ coreset_rate_requested: 1, coreset_rate_applied: 1 });
  });

  it("looks finer with detail, from 1 to 3", async () => {
    const images = [await discPng(1, undefined, 96), await discPng(2, undefined, 96)];
    const fitWith = (detail: string) =>
      postForm(url("/fit_ok"), { ...newRoi(), mm_per_px: 0.2, backbone: "fb98-fast", images, detail });
    expect((await fitWith("2")).body.token_shape).toEqual([56, 56]);
    expect((await fitWith("4")).status).toBe(422);
    expect((await fitWith("1.5")).status).toBe(422);
  });

  it("takes images[] and urlencoded forms as older clients send them", async () => {
    const roi = newRoi();
    const asList = await postForm(url("/fit_ok"), {
      ...roi,
      mm_per_px: 0.2,
      "images[]": await goodDiscs(2),
      operator_id: "ana",
    });
    expect(asList.body).toMatchObject({ n_images: 2, operator_id: "ana" });
    const response = await fetch(url("/fit_ok"), {
      method: "POST",
      body: new URLSearchParams({ ...roi, mm_per_px: "0.2", use_dataset: "true" }),
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toMatch(/0 OK images and 10 are needed/);
  });

  it("needs images, and says so", async () => {
    const { status, body } = await postForm(url("/fit_ok"), { ...newRoi(), mm_per_px: 0.2 });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: expect.stringMatching(/use_dataset=true/), recipe_id: "default" });
    expect(body.request_id).toBeTypeOf("string");
  });

  it("locks the recipe's scale and answers 409 to another", async () => {
    const recipe_id = "lock-1";
    const images = await goodDiscs(2);
    await postForm(url("/fit_ok"), { ...newRoi(), recipe_id, mm_per_px: 0.2, images });
    const { status, body } = await postForm(url("/fit_ok"), {
      ...newRoi(),
      recipe_id,
      mm_per_px: 0.25,
      images,
    });
    expect(status).toBe(409);
    expect(body.error).toBe("mm_per_px mismatch for recipe 'lock-1': expected 0.2, got 0.25");
    expect(body.detail).toEqual({ error: body.error, request_id: body.request_id, recipe_id });
    const close = await postForm(url("/fit_ok"), { ...newRoi(), recipe_id, mm_per_px: 0.2000005, images });
    expect(close.status).toBe(200);
  });

  it("does not lock the scale when the fit fails", async () => {
    const recipe_id = "lock-2";
    const bad = new Blob(["no picture"]);
    expect(
      (await postForm(url("/fit_ok"), { ...newRoi(), recipe_id, mm_per_px: 0.9, images: [bad] })).status,
    ).toBe(400);
    const next = await postForm(url("/fit_ok"), {
      ...newRoi(),
      recipe_id,
      mm_per_px: 0.3,
      images: await goodDiscs(1),
    });
    expect(next.status).toBe(200);
  });

  it.each(["0", "-1", "NaN", "Infinity"])(
    "refuses mm_per_px %s in the contract's words",
    async (mm_per_px) => {
      const { status, body } = await postForm(url("/fit_ok"), {
        ...newRoi(),
        mm_per_px,
        images: await goodDiscs(1),
      });
      expect(status).toBe(400);
      expect(body.detail).toBe("mm_per_px must be > 0 and finite");
    },
  );

  it("lists missing and malformed fields as FastAPI does", async () => {
    const { status, body } = await postForm(url("/fit_ok"), {
      role_id: "r",
      mm_per_px: "wide",
      memory_fit: "maybe",
    });
    expect(status).toBe(422);
    expect(body.detail).toContainEqual({ loc: ["body", "roi_id"], msg: "Field required", type: "missing" });
    expect(body.detail.map((fault: { loc: string[] }) => fault.loc[1]).sort()).toEqual([
      "memory_fit",
      "mm_per_px",
      "roi_id",
    ]);
    expect(body.error).toMatch(/roi_id: Field required/);
  });

  it("fits in the background with async=1 and names the job", async () => {
    const roi = newRoi();
    const queued = await postForm(url("/fit_ok?async=1"), {
      ...roi,
      mm_per_px: 0.2,
      images: await goodDiscs(2),
    });
    expect(queued.status).toBe(202);
    const { job_id } = contract.AcceptedFit.parse(queued.body);
    await expect
      .poll(async () => (await send("GET", url(`/_/api/jobs/${job_id}`))).body.state, { timeout: 30_000 })
      .toBe("completed");
    expect((await send("GET", query("/state", roi))).body).toMatchObject({
      memory_fitted: true,
      model_version: 1,
    });
    const job = (await send("GET", url(`/_/api/jobs/${job_id}`))).body;
    expect(job).toMatchObject({ progress: 1, result: { n_images: 2, model_version: 1 } });
  });

  it("refuses a second fit of one ROI while the first runs", async () => {
    const roi = newRoi();
    const images = await Promise.all([0, 1, 2, 3, 4, 5].map((seed) => discPng(seed, undefined, 448)));
    const answers = await Promise.all(
      [1, 2].map(() => postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, images })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const refused = answers.find((answer) => answer.status === 409)!;
    expect(refused.body.error).toMatch(/already running/);
  });
});

describe("POST /calibrate_ng", () => {
  it.each([
    [[10, 11, 13], undefined, 12.96],
    [[10, 11, 13], [22], 17.48],
    [[10, 11, 13], [5, 12], 13.2192],
  ])("threshold of ok %j and ng %j is %d", async (ok_scores, ng_scores, threshold) => {
    const { status, body } = await postJson(url("/calibrate_ng"), { ...newRoi(), ok_scores, ng_scores });
    expect(status).toBe(200);
    expect(body.threshold).toBeCloseTo(threshold, 10);
    expect(contract.Calibration.parse(body)).toMatchObject({
      mm_per_px: 0.2,
      area_mm2_thr: 1,
      score_percentile: 99,
    });
    expect(body).toMatchObject(
      ng_scores === undefined ? { ng_mean: 0, p5_ng: null } : { p5_ng: expect.any(Number) },
    );
  });

  it("drops NaN and infinities, as texts and as bare literals", async () => {
    const { role_id, roi_id } = newRoi();
    const text = `{"role_id": ${JSON.stringify(role_id)}, "roi_id": ${JSON.stringify(roi_id)}, "ok_scores": [10, NaN, 11, "NaN", 13, -Infinity, "Infinity"]}`;
    expect((await postJson(url("/calibrate_ng"), text)).body.threshold).toBeCloseTo(12.96, 10);
  });

  it("takes the percentile as a percentage or a fraction", async () => {
    const ok_scores = Array.from({ length: 200 }, (_, index) => index);
    const percent = await postJson(url("/calibrate_ng"), { ...newRoi(), ok_scores, score_percentile: 95 });
    const fraction = await postJson(url("/calibrate_ng"), { ...newRoi(), ok_scores, score_percentile: 0.95 });
    expect(fraction.body.threshold).toBe(percent.body.threshold);
    expect(
      (await postJson(url("/calibrate_ng"), { ...newRoi(), ok_scores, score_percentile: 101 })).status,
    ).toBe(422);
  });

  it("needs one OK score", async () => {
    for (const ok_scores of [[], ["NaN"]]) {
      const { status, body } = await postJson(url("/calibrate_ng"), { ...newRoi(), ok_scores });
      expect(status).toBe(400);
      expect(body.error).toBe("Se requiere al menos 1 score OK para calibrar");
    }
    expect((await postJson(url("/calibrate_ng"), newRoi())).status).toBe(422);
  });
});

describe("POST /infer", () => {
  it("wants a memory first, in the words that clients match", async () => {
    const { status, body } = await postForm(url("/infer"), {
      ...newRoi(),
      mm_per_px: 0.2,
      image: await discPng(0),
    });
    expect(status).toBe(400);
    expect(body.error).toBe("Memoria no encontrada. Ejecuta /fit_ok antes de /infer.");
  });

  it("wants a calibration next; a threshold of 0 counts as none", async () => {
    const { roi } = await fitted();
    const image = await discPng(50);
    const before = await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image });
    expect(before.status).toBe(400);
    expect(before.body.error).toBe("calibration_missing");
    const uncalibrated = await postForm(url("/infer"), {
      ...roi,
      mm_per_px: 0.2,
      image,
      allow_uncalibrated: "true",
    });
    expect(uncalibrated.body).toMatchObject({ threshold: null, decision: null, regions: [] });
    expect(uncalibrated.body.score).toBeGreaterThan(0);
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [0, 0] });
    expect((await send("GET", query("/state", roi))).body.calib_present).toBe(false);
    expect((await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image })).body.error).toBe(
      "calibration_missing",
    );
  });

  it("finds drawn defects, passes good parts, and puts heat and regions on the defect", async () => {
    const roi = { ...newRoi(), recipe_id: "discs-1" };
    const size = 320;
    const seen = await Promise.all(Array.from({ length: 14 }, (_, seed) => discPng(seed, undefined, size)));
    await postForm(url("/datasets/ok/upload"), { ...roi, images: seen });
    expect((await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.5, use_dataset: true })).status).toBe(200);
    const calibrated = await postJson(url("/calibrate_dataset"), {
      ...roi,
      require_ng: false,
      area_mm2_thr: 2,
    });
    expect(calibrated.body).toMatchObject({ status: "ok", n_ok: 14, n_ng: 0, p5_ng: null });

    const scores: Record<string, number> = {};
    for (const defect of [undefined, ...DEFECT_KINDS]) {
      const image = await discPng(700, defect, size);
      const { body } = await postForm(url("/infer"), { ...roi, mm_per_px: 0.5, image });
      const inspected = contract.InferAnswer.parse(body);
      scores[defect ?? "good"] = inspected.score;
      expect(inspected.is_anomaly).toBe(inspected.decision === "ng");
      expect(inspected.decision).toBe(inspected.score > inspected.threshold! ? "ng" : "ok");
      const heatmap = await decodePicture(Buffer.from(inspected.heatmap_png_base64!, "base64"), {
        maxBytes: 1e8,
        maxPixels: 1e8,
      });
      expect([heatmap.width, heatmap.height]).toEqual([size, size]);
      for (const region of inspected.regions) {
        expect(region.bbox).toEqual([region.x, region.y, region.w, region.h]);
        expect(region.area_mm2).toBeCloseTo(region.area_px * 0.25, 6);
        expect(region.area_mm2).toBeGreaterThanOrEqual(2);
      }
    }
    for (const defect of DEFECT_KINDS) expect(scores[defect], defect).toBeGreaterThan(scores.good!);
  });

  it("sends the heatmap always, never, or only for ng", async () => {
    const { roi } = await fitted();
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1e6] });
    const image = await discPng(51);
    const heatmapOf = async (include_heatmap?: string) =>
      (
        await postForm(url("/infer"), {
          ...roi,
          mm_per_px: 0.2,
          image,
          ...(include_heatmap ? { include_heatmap } : {}),
        })
      ).body.heatmap_png_base64;
    expect(await heatmapOf()).toBeTypeOf("string");
    expect(await heatmapOf("true")).toBeTypeOf("string");
    expect(await heatmapOf("false")).toBeNull();
    expect(await heatmapOf("auto")).toBeNull();
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1e-6] });
    expect(await heatmapOf("auto")).toBeTypeOf("string");
  });

  it("scores only inside the shape; what is outside the crop is clipped and said; an empty mask is ok with 0", async () => {
    const { roi } = await fitted();
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1e-6] });
    const image = await discPng(52, "stain");
    const infer = async (shape: unknown) =>
      (
        await postForm(url("/infer"), {
          ...roi,
          mm_per_px: 0.2,
          image,
          shape: typeof shape === "string" ? shape : JSON.stringify(shape),
        })
      ).body;
    const whole = await infer({ kind: "rect" });
    const part = await infer({ kind: "Circle", cx: 20, cy: 20, r: 10 });
    expect(part.score).toBeLessThan(whole.score);
    for (const region of part.regions) {
      expect(region.x).toBeGreaterThanOrEqual(10);
      expect(region.x + region.w).toBeLessThanOrEqual(31);
    }
    const clipped = await infer({ kind: "annulus", cx: 80, cy: 80, r: 500, r_inner: 30 });
    expect(clipped.warnings).toEqual([expect.stringMatching(/clipped/)]);
    const empty = await infer({ kind: "rect", x: 5000, y: 5000, w: 10, h: 10 });
    expect(empty).toMatchObject({ score: 0, decision: "ok", regions: [] });
    const polygon = await infer({
      kind: "polygon",
      points: [
        [0, 0],
        [40, 0],
        [0, 40],
      ],
    });
    expect(polygon.score).toBeLessThanOrEqual(whole.score);
    for (const bad of ["{", '{"kind":"star"}', '{"kind":"circle"}', '"circle"', "[]"]) {
      expect(await infer(bad), bad).toMatchObject({
        code: "invalid_shape",
        error: expect.stringMatching(/shape/),
      });
    }
  });

  it("places heat and regions right on crops that are not square", async () => {
    const roi = newRoi();
    const strip = (x: number | null) => {
      const picture = plainPicture(400, 100, 150);
      const data = picture.data.map((value, index) => value + ((index * 7919) % 13));
      if (x !== null) {
        for (let row = 40; row < 60; row++) data.fill(20, (row * 400 + x) * 3, (row * 400 + x + 20) * 3);
      }
      return pngOf({ ...picture, data });
    };
    const good = await strip(null);
    expect(
      (await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, images: [good, good, good] })).status,
    ).toBe(200);
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1], area_mm2_thr: 0 });
    const { body } = await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, image: await strip(330) });
    const heat = await decodePicture(Buffer.from(body.heatmap_png_base64, "base64"), {
      maxBytes: 1e8,
      maxPixels: 1e8,
    });
    let [weight, left, top] = [0, 0, 0];
    for (let pixel = 0; pixel < 400 * 100; pixel++) {
      const value = heat.data[pixel * 3]! >= 250 ? 1 : 0;
      weight += value;
      left += value * (pixel % 400);
      top += value * Math.floor(pixel / 400);
    }
    expect([heat.width, heat.height]).toEqual([400, 100]);
    expect(Math.abs(left / weight - 340)).toBeLessThan(25);
    expect(Math.abs(top / weight - 50)).toBeLessThan(15);
  });

  it("refuses another scale than the recipe's and does not check pictures before", async () => {
    const { roi } = await fitted();
    const { status } = await postForm(url("/infer"), { ...roi, mm_per_px: 0.7, image: new Blob(["junk"]) });
    expect(status).toBe(409);
  });
});
