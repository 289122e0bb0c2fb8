import { createHash } from "node:crypto";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { type RoiIds, useInspectionServer } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";

/** A version as one file, out of one ROI and into another, over a real server. */

const { url, query, newRoi, fitted } = useInspectionServer();

type Files = Record<"manifest.json" | "memory.safetensors", Uint8Array>;

async function exported(roi: RoiIds): Promise<Uint8Array> {
  const response = await fetch(query("/model_bundle", roi));
  expect(response.headers.get("content-type")).toBe("application/zip");
  return new Uint8Array(await response.arrayBuffer());
}

const upload = (bytes: Uint8Array, fields: object = {}) =>
  postForm(url("/import_bundle"), { ...fields, bundle: new Blob([new Uint8Array(bytes)]) });

/** A bundle of a small ROI, taken apart once. */
let taken: Promise<{ roi: RoiIds; bytes: Uint8Array; files: Files }> | null = null;
function aBundle() {
  taken ??= (async () => {
    const { roi } = await fitted(3, { operator_id: "ana" });
    await postJson(url("/calibrate_ng"), { ...roi, ok_scores: [1, 2], ng_scores: [9], operator_id: "eva" });
    await postJson(url("/threshold"), { ...roi, threshold: 4 });
    const bytes = await exported(roi);
    return { roi, bytes, files: unzipSync(bytes) as Files };
  })();
  return taken;
}

/** The bundle with its manifest changed. */
async function remade(change: (manifest: ReturnType<typeof JSON.parse>) => void, more: Zippable = {}) {
  const { files } = await aBundle();
  const manifest = JSON.parse(new TextDecoder().decode(files["manifest.json"]));
  change(manifest);
  const words = new TextEncoder().encode(JSON.stringify(manifest));
  return zipSync({ ...files, "manifest.json": words, ...more });
}

describe("GET /model_bundle and POST /import_bundle", () => {
  it("carry memory, calibration and the pictures' names to another ROI, where they score the same", async () => {
    const { roi, bytes } = await aBundle();
    const other = newRoi();
    const done = await upload(bytes, { ...other, recipe_id: "line-2", operator_id: "eva" });
    expect(done.body).toMatchObject({
      model_version: 1,
      backbone: "fb98",
      n_images: 3,
      threshold: 4,
      model_key: other.roi_id,
      recipe_id: "line-2",
      ...other,
    });
    const image = await discPng(70, "stain");
    const score = async (place: object) =>
      (await postForm(url("/infer"), { ...place, mm_per_px: 0.2, image })).body;
    const there = { ...other, recipe_id: "line-2" };
    const [here, elsewhere] = [await score(roi), await score(there)];
    expect(elsewhere).toMatchObject({ score: here.score, threshold: 4, warnings: [] });
    const shown = (await send("GET", query("/model_versions/1", there))).body;
    const own = (await send("GET", query("/model_versions/1", roi))).body;
    expect(shown).toMatchObject({ origin: "bundle", operator_id: "ana", in_use: true });
    expect(shown.dataset).toEqual(own.dataset);
    const report = (await send("GET", query("/calibration_report", there))).body;
    expect(report).toMatchObject({
      origin: "bundle",
      operator_id: "eva",
      computed_threshold: 5.495,
      auroc: 1,
    });
    const audit = (await send("GET", query("/audit", { action: "import_bundle", ...other }))).body;
    expect(audit.items).toMatchObject([{ operator_id: "eva", details: { from: { ...roi, version: 1 } } }]);
    const append = await postForm(url("/fit_ok"), {
      ...there,
      mm_per_px: 0.2,
      mode: "append",
      images: [image],
    });
    expect(append.body).toMatchObject({ code: "pictures_elsewhere" });
  });

  it("go back where they came from unless told otherwise, and can be rolled back", async () => {
    const { roi, bytes } = await aBundle();
    const done = (await upload(bytes)).body;
    expect(done).toMatchObject({ ...roi, model_version: 2, recipe_id: "default" });
    expect((await postJson(url("/rollback"), { ...roi, version: 1 })).body).toMatchObject({ threshold: 4 });
    expect((await send("GET", query("/model_bundle", { ...roi, version: 9 }))).status).toBe(404);
    expect((await send("GET", query("/model_bundle", newRoi()))).body.error).toMatch(/Memoria no encontrada/);
  });

  it("refuse what is newer, damaged, of another backbone or no bundle, and store nothing", async () => {
    const { bytes, files } = await aBundle();
    const refused = async (bundle: Uint8Array, code: string, message: RegExp) => {
      const roi = newRoi();
      const { status, body } = await upload(bundle, roi);
      expect([status, body.code, body.error]).toEqual([400, code, expect.stringMatching(message)]);
      expect((await send("GET", query("/model_versions", roi))).body.items).toEqual([]);
    };
    const newer = await remade((manifest) => Object.assign(manifest, { format_version: 3, new: {} }));
    await refused(newer, "bundle_newer", /newer version/);
    const other = (backbone: string) =>
      remade((manifest) => {
        manifest.model.backbone = backbone;
      });
    await refused(await other("resnet50"), "backbone_unknown", /resnet50.*fb98/);
    await refused(await other("vit_small_patch14_dinov2"), "backbone_not_installed", /models pull/);
    await refused(await other("fb98-fast"), "bundle_damaged", /another memory/);
    const memory = files["memory.safetensors"].slice();
    memory[memory.length - 1]! ^= 1;
    await refused(zipSync({ ...files, "memory.safetensors": memory }), "bundle_damaged", /not the file/);
    const forged = await remade(
      (manifest) => {
        manifest.files[0].bytes = 4;
        manifest.files[0].sha256 = createHash("sha256").update("none").digest("hex");
      },
      { "memory.safetensors": new TextEncoder().encode("none") },
    );
    await refused(forged, "memory_unreadable", /no memory file/);
    await refused(zipSync({ a: memory }), "bundle_unreadable", /no manifest/);
    await refused(
      zipSync({ "manifest.json": new TextEncoder().encode("{}") }),
      "bundle_unreadable",
      /none of/,
    );
    const stranger = await remade(() => undefined, { "readme.txt": new Uint8Array(3) });
    await refused(stranger, "bundle_unreadable", /readme\.txt/);
    const threshold = await remade((manifest) => {
      manifest.calibration.threshold = -1;
    });
    await refused(threshold, "bundle_unreadable", /calibration\.threshold/);
    const thumbnail = await remade((manifest) => {
      manifest.quality.alignment.thumbnail_base64 = "AAAA";
    });
    await refused(thumbnail, "bundle_unreadable", /quality\.alignment\.thumbnail_base64/);
    const infinite = Buffer.alloc(4 * 64 * 64, new Uint8Array(new Float32Array([Number.NaN]).buffer));
    const odd = await remade((manifest) => {
      manifest.quality.alignment.thumbnail_base64 = infinite.toString("base64");
    });
    await refused(odd, "bundle_unreadable", /not finite/);
    await refused(await remade(() => undefined, { "../evil": new Uint8Array(3) }), "unsafe_path", /evil/);
    const bomb = await remade(() => undefined, { "bomb.bin": new Uint8Array(64 * 1024 * 1024) });
    await refused(bomb, "archive_bomb", /200 times/);
    await refused(bytes.slice(0, bytes.length - 30), "bad_archive", /./);
    await refused(new Uint8Array(), "bad_archive", /./);
  });

  it("carry what good pictures are like; of format 1, which did not, the import says so", async () => {
    const { roi, bytes } = await aBundle();
    const referenceOf = async (place: RoiIds) =>
      (await send("GET", query("/quality_gate", place))).body.reference;
    const other = newRoi();
    expect((await upload(bytes, other)).body.warnings).toEqual([]);
    expect(await referenceOf(other)).toMatchObject({ n_images: 3 });
    expect(await referenceOf(other)).toEqual(await referenceOf(roi));
    const image = await discPng(70);
    const qualityOf = async (place: RoiIds) =>
      (await postForm(url("/infer"), { ...place, mm_per_px: 0.2, allow_uncalibrated: true, image })).body
        .quality;
    expect(await qualityOf(other)).toEqual(await qualityOf(roi));

    const old = newRoi();
    const first = await remade((manifest) => {
      manifest.format_version = 1;
      delete manifest.quality;
    });
    expect((await upload(first, old)).body).toMatchObject({
      model_version: 1,
      warnings: [expect.stringMatching(/does not say what good pictures are like/)],
    });
    expect(await referenceOf(old)).toBeNull();
    expect(await qualityOf(old)).toMatchObject({ verdict: "unknown" });
  });

  it("keep to the recipe's scale", async () => {
    const { bytes } = await aBundle();
    const images = [await discPng(1), await discPng(2)];
    const recipe_id = "bundle-lock";
    await postForm(url("/fit_ok"), { ...newRoi(), recipe_id, mm_per_px: 0.5, images });
    const { status, body } = await upload(bytes, { ...newRoi(), recipe_id });
    expect([status, body.code]).toEqual([409, "mm_per_px_mismatch"]);
    const bad = await upload(bytes, { recipe_id: "last" });
    expect(bad.body.code).toBe("invalid_recipe_id");
  });
});
