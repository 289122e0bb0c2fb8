import { createRequire } from "node:module";
import { expect, it, onTestFinished } from "vitest";
import { discPng } from "../support/drawn-pictures.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** The part of s3rver that is used here; it comes without types. */
interface S3Server {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}
const S3rver = createRequire(import.meta.url)("s3rver") as new (options: object) => S3Server;

async function startBucket(): Promise<Record<string, string>> {
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: await temporaryFolder(),
    configureBuckets: [{ name: "quatrain" }],
  });
  const { port } = await server.run();
  onTestFinished(() => server.close());
  return {
    QUATRAIN_S3_ENDPOINT: `http://127.0.0.1:${port}`,
    QUATRAIN_S3_BUCKET: "quatrain",
    QUATRAIN_S3_ACCESS_KEY: "S3RVER",
    QUATRAIN_S3_SECRET_KEY: "S3RVER",
  };
}

it("the whole flow with every file in a bucket, across a restart", async () => {
  const environment = await startBucket();
  const dataDir = await temporaryFolder();
  const roi = { role_id: "Bucket", roi_id: "disc" };
  const images = await Promise.all(Array.from({ length: 10 }, (_, seed) => discPng(seed)));
  const first = await startServer({ dataDir, environment });
  const uploaded = await postForm(`${first.url}/datasets/ok/upload`, { ...roi, images });
  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(200);
  const fitted = await postForm(`${first.url}/fit_ok`, { ...roi, mm_per_px: 0.2, use_dataset: true });
  expect(fitted.status, JSON.stringify(fitted.body)).toBe(200);
  await postJson(`${first.url}/calibrate_dataset`, { ...roi, require_ng: false });
  await first.end("SIGTERM");

  const second = await startServer({ dataDir, environment });
  const list = await send("GET", `${second.url}/datasets/list?${new URLSearchParams(roi)}`);
  expect(list.body.classes.ok.files).toEqual(uploaded.body.saved);
  const inferred = await postForm(`${second.url}/infer`, {
    ...roi,
    mm_per_px: 0.2,
    image: await discPng(50),
  });
  expect(inferred.body).toMatchObject({ model_version: 1, decision: expect.stringMatching(/ok|ng/) });
  const cleared = await send(
    "DELETE",
    `${second.url}/datasets/clear?${new URLSearchParams({ ...roi, label: "ok" })}`,
  );
  expect(cleared.body.cleared).toBe(10);
  await second.end("SIGTERM");
});
