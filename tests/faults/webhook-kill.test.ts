import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goodDiscs } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

/** The server is killed while it tells the webhook of an ng picture, in the last attempt too. */

const ROI = { role_id: "Line", roi_id: "disc" };
const LAST_ATTEMPT = 200;

let dataDir: string;
let receiver: Server;
let server: ServerProcess;
let doesAnswer = false;
let received = 0;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    received++;
    request.resume();
    if (doesAnswer) response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-webhook-kill-"));
});
afterAll(async () => {
  await server.end("SIGTERM");
  receiver.closeAllConnections();
  receiver.close();
  await rm(dataDir, { recursive: true, force: true });
});

const start = async () => {
  const port = (receiver.address() as AddressInfo).port;
  server = await startServer({
    dataDir,
    environment: {
      QUATRAIN_INSPECTION_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      QUATRAIN_INSPECTION_WEBHOOK_SECRET: "a secret of the line",
      QUATRAIN_INSPECTION_WEBHOOK_TIMEOUT: "60",
    },
  });
};
const delivery = async () => (await send("GET", `${server.url}/webhook_deliveries`)).body.items[0];

it("a message whose last attempt was killed has failed, and can be sent again", {
  timeout: 120_000,
}, async () => {
  await start();
  const images = await goodDiscs(3);
  await postForm(`${server.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images });
  await postJson(`${server.url}/calibrate_ng`, { ...ROI, ok_scores: [0.001] });
  const inferred = await postForm(`${server.url}/infer`, { ...ROI, mm_per_px: 0.2, image: images[0]! });
  expect(inferred.body.decision).toBe("ng");
  await expect.poll(() => received, { timeout: 20_000 }).toBe(1);
  await server.end("SIGKILL");

  // two hours of attempts later
  const database = new DatabaseSync(join(dataDir, "quatrain.db"));
  const { changes } = database
    .prepare("UPDATE jobs SET attempt = ? WHERE kind = 'inspection.deliver-message'")
    .run(LAST_ATTEMPT - 1);
  database.close();
  expect(changes).toBe(1);
  await start();
  await expect.poll(() => received, { timeout: 20_000 }).toBe(2);
  expect(await delivery()).toMatchObject({ state: "waiting" });
  await server.end("SIGKILL");

  await start();
  await expect.poll(async () => (await delivery()).state, { timeout: 20_000 }).toBe("failed");
  const failed = await delivery();
  expect(failed.last_error).toMatch(/killed in the last attempt/);
  expect(received).toBe(2);

  doesAnswer = true;
  expect((await postJson(`${server.url}/webhook_deliveries/${failed.id}/retry`, {})).status).toBe(200);
  await expect.poll(async () => (await delivery()).state, { timeout: 20_000 }).toBe("delivered");
  expect(received).toBe(3);
});
