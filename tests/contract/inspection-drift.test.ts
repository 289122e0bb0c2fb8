import { expect, it } from "vitest";
import { drift } from "../../src/contracts/inspection/index.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** The drift monitor over HTTP: spec/inspection.md section 5. What it sees is tested beside its source. */

const { url, query, newRoi, fitted } = useInspectionServer();

it("counts what /infer scored since the calibration, in its answer and in the metrics", async () => {
  const empty = drift.responses[200].schema.parse((await send("GET", query("/drift", newRoi()))).body);
  expect(empty).toMatchObject({ state: "no_reference", n_scores: 0, model_version: null, threshold: null });
  const { roi } = await fitted(2);
  const ok_scores = Array.from({ length: 12 }, (_, index) => 1 + index / 10);
  await postJson(url("/calibrate_ng"), { ...roi, ok_scores });
  const image = await discPng(50);
  await postForm(url("/infer"), { ...roi, mm_per_px: 0.2, include_heatmap: "no", image });
  await postForm(url("/infer_batch"), { rois: JSON.stringify([roi]), mm_per_px: 0.2, image });
  const found = drift.responses[200].schema.parse((await send("GET", query("/drift", roi))).body);
  expect(found).toMatchObject({ state: "collecting", n_scores: 2, n_reference: 12, model_version: 1 });
  const { body } = await send("GET", url("/_/metrics"));
  expect(body).toMatch(/quatrain_inspection_drifting\{[^}]*role_id="Línea 1\/Inspección"[^}]*\} 0/);
  expect((await send("GET", url("/drift?role_id=a"))).status).toBe(422);
});
