import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Secret } from "../config/secret.ts";
import { MAX_REQUEST_BYTES, openShop } from "./testing.ts";

const KEY = "shared-key";
let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  shop = await openShop({ auth: { sharedKey: new Secret(KEY) } });
});
afterAll(() => shop.close());

/** Everything a WebSocket says until it closes, and how it closed. */
async function listenTo(path: string, protocols: string[] = []) {
  const socket = new WebSocket(shop.url.replace("http", "ws") + path, protocols);
  const messages: unknown[] = [];
  socket.addEventListener("message", ({ data }) => messages.push(JSON.parse(String(data))));
  const code = await new Promise<number>((resolve) => {
    socket.addEventListener("close", (event) => resolve(event.code));
  });
  return { messages, code, protocol: socket.protocol };
}

/** The answer to an upgrade that is refused, or the status of one that is not. */
async function upgrade(path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const handshake = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const sent = request(shop.url + path, { headers: { ...handshake, ...headers }, agent: false });
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, body: "" });
    });
    sent.on("response", async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, body });
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("a WebSocket", () => {
  test.each([
    ["in the query", `/ws/count/2?token=${KEY}`, []],
    ["as a subprotocol", "/ws/count/2", ["bearer", KEY]],
  ])("opens with a credential %s, says its messages and closes", async (_where, path, protocols) => {
    const heard = await listenTo(path, protocols);
    expect(heard).toMatchObject({
      messages: [
        { n: 1, by: "shared-key" },
        { n: 2, by: "shared-key" },
      ],
      code: 1000,
      protocol: protocols[0] ?? "",
    });
  });

  test("opens with a header, as programs send it", async () => {
    expect(await upgrade("/ws/count/0", { "x-api-key": KEY })).toMatchObject({ status: 101 });
    expect(await upgrade("/ws/count/0", { authorization: `Bearer ${KEY}` })).toMatchObject({ status: 101 });
  });

  test("is refused over HTTP, in the contract's own body: without a credential, with a wrong one, for what is not there", async () => {
    const refusals = [
      await upgrade("/ws/count/2", {}),
      await upgrade("/ws/count/2?token=wrong", {}),
      await upgrade(`/ws/count/x?token=${KEY}`, {}),
      await upgrade(`/ws/nowhere?token=${KEY}`, {}),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([401, 401, 404, 404]);
    expect(JSON.parse(refusals[2]!.body)).toMatchObject({ shop: "x is no number", code: "no_number" });
  });

  test("that nobody listens to any more ends, and keeps no server from closing", async () => {
    const closing = await openShop();
    const socket = new WebSocket(`${closing.url.replace("http", "ws")}/ws/count/0`);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    await closing.close();
  });
});

describe("a body of bytes", () => {
  const put = (path: string, body: RequestInit["body"]) =>
    fetch(shop.url + path, {
      method: "PUT",
      body,
      headers: { "x-api-key": KEY },
      duplex: "half",
    } as RequestInit);

  test("arrives on disk as it is, with the rest of its path, and leaves with the request", async () => {
    const answer = await put("/blobs/a/b%20c/d.bin", Buffer.alloc(300_000, "x"));
    expect(await answer.json()).toMatchObject({
      name: "a/b c/d.bin",
      bytes: 300_000,
      start: "x".repeat(20),
    });
    expect(await (await put("/blobs/empty", null)).json()).toMatchObject({ bytes: 0 });
    await expect.poll(() => shop.spooled()).toEqual([]);
  });

  test("is refused beyond the limit, also when it does not say how long it is", async () => {
    const tooMuch = new Blob([Buffer.alloc(MAX_REQUEST_BYTES + 1)]);
    expect((await put("/blobs/a", tooMuch)).status).toBe(413);
    expect((await put("/blobs/a", tooMuch.stream())).status).toBe(413);
    await expect.poll(() => shop.spooled()).toEqual([]);
  });
});
