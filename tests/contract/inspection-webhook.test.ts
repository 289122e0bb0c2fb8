import { createHmac, timingSafeEqual } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as contract from "../../src/contracts/inspection/index.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { goodDiscs } from "../support/inspection-server.ts";
import { postForm, postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

/** The webhook that is told of ng pictures: spec/inspection.md section 5. A receiver that hangs, fails and takes. */

const SECRET = "a secret of the line";
const ROI = { role_id: "Line", roi_id: "disc" };

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let receiver: Server;
let mode: "take" | "hang" | "fail" = "take";
const received: Received[] = [];
let server: ServerProcess;
let dataDir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      if (mode === "take") response.writeHead(204).end();
      else if (mode === "fail") response.writeHead(500).end("no");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-webhook-"));
  environment = {
    QUATRAIN_INSPECTION_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/line`,
    QUATRAIN_INSPECTION_WEBHOOK_SECRET: SECRET,
    QUATRAIN_INSPECTION_WEBHOOK_TIMEOUT: "1",
  };
  server = await startServer({ dataDir, environment });
  await postForm(`${server.url}/fit_ok`, { ...ROI, mm_per_px: 0.2, images: await goodDiscs(3) });
  await postJson(`${server.url}/calibrate_ng`, { ...ROI, ok_scores: [0.001] });
});

afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

const infer = async (requestId: string) =>
  postForm(
    `${server.url}/infer`,
    { ...ROI, mm_per_px: 0.2, operator_id: "ana", include_heatmap: "no", image: await discPng(50) },
    { "x-request-id": requestId },
  );
const deliveries = async () => {
  const { body } = await send("GET", `${server.url}/webhook_deliveries`);
  return contract.listDeliveries.responses[200].schema.parse(body).items;
};
const deliveryOf = async (requestId: string) =>
  (await deliveries()).find(({ message }) => message.request_id === requestId);
const messagesOf = (requestId: string) =>
  received.filter(({ body }) => JSON.parse(body).request_id === requestId);

/** As the guide shows it. */
function isGenuine({ headers, body }: Received): boolean {
  const [, seconds, digest] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-quatrain-signature"])) ?? [];
  const expected = createHmac("sha256", SECRET).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(digest ?? "", "hex"));
}

it("is told of an ng picture, signed, and of no other", async () => {
  expect((await infer("first")).body.decision).toBe("ng");
  await expect.poll(async () => (await deliveryOf("first"))?.state).toBe("delivered");
  const [message] = messagesOf("first");
  expect(isGenuine(message!)).toBe(true);
  expect(isGenuine({ ...message!, body: `${message!.body} ` })).toBe(false);
  expect(JSON.parse(message!.body)).toMatchObject({
    event: "inspection.ng",
    id: message!.headers["x-quatrain-delivery"],
    operator_id: "ana",
    ...ROI,
    model_version: 1,
    decision: "ng",
  });
  await postForm(`${server.url}/infer`, {
    ...ROI,
    mm_per_px: 0.2,
    allow_uncalibrated: "true",
    model_key: "none",
    image: await discPng(51),
  });
  expect(await deliveries()).toHaveLength(1);
});

it("that answers 500, hangs, and takes at last gets the same message; nobody waits for it", async () => {
  mode = "fail";
  expect((await infer("stubborn")).status).toBe(200);
  await expect.poll(async () => (await deliveryOf("stubborn"))?.last_status).toBe(500);
  mode = "hang";
  await expect.poll(async () => (await deliveryOf("stubborn"))?.last_error).toMatch(/no answer within 1 s/);
  const during = await infer("meanwhile");
  expect(during.status).toBe(200);
  expect((await deliveryOf("meanwhile"))?.state).toBe("waiting");
  mode = "take";
  receiver.closeAllConnections();
  await expect.poll(async () => (await deliveryOf("stubborn"))?.state).toBe("delivered");
  const bodies = messagesOf("stubborn").map(({ body }) => body);
  expect(bodies.length).toBeGreaterThanOrEqual(3);
  expect(new Set(bodies).size).toBe(1);
  expect(messagesOf("stubborn").every(isGenuine)).toBe(true);
});

it("gets what was acknowledged before the server was killed", async () => {
  mode = "fail";
  expect((await infer("killed")).status).toBe(200);
  await server.end("SIGKILL");
  mode = "take";
  received.length = 0;
  server = await startServer({ dataDir, environment });
  await expect.poll(async () => (await deliveryOf("killed"))?.state).toBe("delivered");
  expect(isGenuine(messagesOf("killed").at(-1)!)).toBe(true);
});

it("is not told twice of what it took", async () => {
  const [last] = await deliveries();
  const { status, body } = await postJson(`${server.url}/webhook_deliveries/${last!.id}/retry`, {});
  expect([status, body.code]).toEqual([404, "not_found"]);
});
