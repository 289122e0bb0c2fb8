import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DINOV2_MODELS } from "../../src/ml/backbones/dinov2/configuration.ts";
import { readServerFacts } from "../../src/platform/lifecycle/folder-lock.ts";
import { drawnDinoFile } from "../support/drawn-dinov2.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** DINOv2 of full size on random weights: what it is worth cannot be seen, but everything around it. */

it("takes DINOv2 as soon as its weights are there, names it everywhere, and refuses its memories without them", async () => {
  const small = DINOV2_MODELS[0]!;
  const dataDir = await temporaryFolder();
  const weights = join(dataDir, "weights", "timm", `${small.id}.safetensors`);
  const server = await startServer({ dataDir });
  try {
    const get = async (path: string) => (await send("GET", `${server.url}${path}`)).body;
    expect(await get("/health")).toMatchObject({ model: "fb98", backbone: "fb98: built-in basic features" });
    const roi = { role_id: "Line", roi_id: "disc", mm_per_px: 0.2 };
    const images = [await discPng(0), await discPng(1)];
    const missing = await postForm(`${server.url}/fit_ok`, { ...roi, images, backbone: small.id });
    expect(missing.status).toBe(400);
    expect(missing.body.error).toContain(`quatrain models pull ${small.id}`);

    await mkdir(join(dataDir, "weights", "timm"), { recursive: true });
    await writeFile(weights, drawnDinoFile(small));
    expect(await get("/health")).toMatchObject({
      model: small.id,
      backbone: `${small.id}: DINOv2, pretrained`,
    });
    const authorization = `Bearer ${readServerFacts(dataDir)?.token}`;
    const listed = await send("GET", `${server.url}/_/api/models`, { authorization });
    expect(listed.body.models).toContainEqual(
      expect.objectContaining({ id: small.id, alias: "dinov2-small", installed: true, sha256: null }),
    );

    const fitted = await postForm(`${server.url}/fit_ok`, { ...roi, images });
    expect(fitted).toMatchObject({
      status: 200,
      body: { backbone: small.id, n_embeddings: 2048, coreset_size: 205, token_shape: [32, 32] },
    });
    const inferred = await postForm(`${server.url}/infer`, {
      ...roi,
      image: await discPng(2),
      allow_uncalibrated: "true",
    });
    expect(inferred).toMatchObject({ status: 200, body: { backbone: small.id, token_shape: [32, 32] } });
    expect(inferred.body.score).toBeGreaterThan(0);
    expect(inferred.body.score).toBeLessThanOrEqual(2);
    expect(await get("/manifest?role_id=Line&roi_id=disc")).toMatchObject({
      memory: true,
      backbone: small.id,
    });

    await rm(weights);
    const refused = await postForm(`${server.url}/infer`, {
      ...roi,
      image: await discPng(2),
      allow_uncalibrated: "true",
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatch(/^Token grid mismatch/);
    const again = await postForm(`${server.url}/fit_ok`, { ...roi, images });
    expect(again.body).toMatchObject({ backbone: "fb98", model_version: 2 });
  } finally {
    await server.end("SIGTERM");
  }
});
