import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_TOKEN } from "../auth/testing.ts";
import { Secret } from "../config/secret.ts";
import type { Log } from "../ports.ts";
import { silentLog } from "../telemetry/silent-log.ts";
import { openShop, type ShopOptions } from "./testing.ts";

type Shop = Awaited<ReturnType<typeof openShop>>;
let usual: Shop;
const special: Shop[] = [];

beforeAll(async () => {
  usual = await openShop();
});

afterEach(async () => {
  for (const shop of special.splice(0)) await shop.close();
});

afterAll(() => usual.close());

/** The shop that all tests share, or one with options of its own. */
async function open(options?: ShopOptions): Promise<Shop> {
  if (options === undefined) return usual;
  const shop = await openShop(options);
  special.push(shop);
  return shop;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const lines = (response: string) => response.split("\r\n");
const bodyOf = (response: string) => JSON.parse(response.slice(response.indexOf("\r\n\r\n"))) as unknown;

describe("request ids", () => {
  test("are the client's, on the answer and in an error's body; without one a UUIDv4", async () => {
    const { server } = await open();
    const headers = { "x-request-id": "  my-id.1  " };
    for (const url of ["/items/1", "/nothing", "/fail", "/%zz"]) {
      expect((await server.inject({ url, headers })).headers["x-request-id"]).toBe("my-id.1");
      expect((await server.inject({ url })).headers["x-request-id"]).toMatch(UUID);
    }
    const failed = await server.inject({ url: "/fail", headers });
    expect(failed.json()).toMatchObject({ requestId: "my-id.1" });
  });

  test.each(["a b", "é", "x".repeat(129), "", "a\tb"])("%o is replaced", async (given) => {
    const { server } = await open();
    const answer = await server.inject({ url: "/items/1", headers: { "x-request-id": given } });
    expect(answer.headers["x-request-id"]).toMatch(UUID);
  });

  test("given twice are replaced", async () => {
    const { raw } = await open();
    const answer = await raw(
      "GET /picture HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\nX-Request-Id: b\r\nConnection: close\r\n\r\n",
    );
    expect(
      lines(answer)
        .find((line) => line.startsWith("x-request-id"))
        ?.split(" ")[1],
    ).toMatch(UUID);
  });
});

describe("paths and methods", () => {
  test("an unknown path is a 404 in the body of whoever would own it", async () => {
    const { server } = await open();
    expect((await server.inject("/nothing")).json()).toMatchObject({ code: "not_found", error: "Not Found" });
    expect((await server.inject("/_/nothing")).json()).toMatchObject({ code: "not_found", status: 404 });
    expect((await server.inject("/shop/nothing")).json()).toMatchObject({
      code: "not_found",
      shop: "Not Found",
    });
  });

  test("a known path with another method is a 405 that names the right ones", async () => {
    const { server } = await open();
    for (const method of ["POST", "PUT", "PATCH", "OPTIONS"] as const) {
      const answer = await server.inject({ method, url: "/items/1/", payload: "x" });
      expect(answer.statusCode).toBe(405);
      expect(answer.headers.allow).toBe("DELETE, GET, HEAD");
      expect(answer.json()).toMatchObject({ shop: "Method Not Allowed", code: "method_not_allowed" });
    }
  });

  test("uncommon methods are answered too", async () => {
    const { raw } = await open();
    for (const method of ["TRACE", "PROPFIND", "QUERY", "PURGE"]) {
      const answer = await raw(`${method} /items/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 4(04|05|00) /);
    }
  });

  test("a slash at the end, an encoded path and the absolute form mean the same route", async () => {
    const { server, raw, url } = await open();
    for (const path of ["/items/a%20b/", "/%69tems/a%20b", "/items/a%20b?size=3"]) {
      expect((await server.inject(path)).json()).toMatchObject({ id: "a b" });
    }
    expect(await raw(`GET ${url}/items/abs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toContain(
      '"id":"abs"',
    );
    expect((await server.inject({ method: "POST", url: "/%69tems/1" })).json()).toHaveProperty("shop");
    expect((await server.inject("/items/..%2F..%2Fetc%2Fpasswd")).json()).toMatchObject({
      id: "../../etc/passwd",
    });
  });

  test("a malformed path is the client's fault, in the body of the listener's dialect", async () => {
    const { server } = await open();
    const answer = await server.inject("/%zz");
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: "bad_path", status: 400 }]);
    expect((await server.inject("/items/%zz")).statusCode).toBe(400);
    expect((await server.inject(`/items/${"x".repeat(2_000)}`)).statusCode).toBe(414);
    const alone = await open({ dialect: true });
    expect((await alone.server.inject("/%zz")).json()).toMatchObject({
      code: "bad_path",
      shop: expect.any(String),
    });
    expect((await alone.server.inject("/nothing")).json()).toMatchObject({ shop: "Not Found" });
  });

  test("faults of the query are listed", async () => {
    const { server } = await open();
    const answer = await server.inject("/items/1?size=x&size=99&%zz=%zz");
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ detail: [{ loc: ["query", "size"] }] });
  });

  test("HEAD is GET without the body", async () => {
    const { server } = await open();
    for (const url of ["/items/1", "/picture"]) {
      const answer = await server.inject({ method: "HEAD", url });
      expect([answer.statusCode, answer.body]).toEqual([200, ""]);
    }
  });

  test("an answer has its status, headers and bytes", async () => {
    const { server } = await open();
    const picture = await server.inject("/picture");
    expect([picture.headers["content-type"], picture.body]).toEqual(["image/png", "not really"]);
    expect(picture.headers["x-content-type-options"]).toBe("nosniff");
    const headers = { authorization: `Bearer ${LOCAL_TOKEN}` };
    const deleted = await server.inject({ method: "DELETE", url: "/items/1", headers });
    expect([deleted.headers["x-deleted"], deleted.json()]).toEqual(["1", { deleted: "1" }]);
  });
});

describe("what is no request", () => {
  test.each([
    ["no HTTP at all", "hello\r\n\r\n", 400],
    ["a bad header", "GET / HTTP/1.1\r\nHost: x\r\na b: c\r\n\r\n", 400],
    [
      "two lengths",
      "POST /order HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
      400,
    ],
    ["a bad chunk", "POST /order HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400],
    ["a very long address", `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ["very large headers", `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ])("%s is answered in the listener's body", async (_title, bytes, status) => {
    const { raw, server } = await open({ dialect: true });
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(bodyOf(answer)).toMatchObject({
      shop: expect.any(String),
      requestId: expect.stringMatching(UUID),
    });
    expect((await server.inject("/items/1")).statusCode).toBe(200);
  });
});

describe("errors", () => {
  /** A log that keeps its error lines. */
  function recordingLog() {
    const errors: object[] = [];
    const log: Log = { ...silentLog, error: (fields) => void errors.push(fields), child: () => log };
    return { errors, log };
  }

  test("of ours are a plain 500, logged once with the request's id", async () => {
    const { errors, log } = recordingLog();
    const { server } = await open({ log });
    const answer = await server.inject({ url: "/fail?x=1", headers: { "x-request-id": "r1" } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain("inside of the shop");
    expect(answer.json()).toMatchObject({ code: "internal_error", requestId: "r1" });
    expect(errors).toMatchObject([
      { requestId: "r1", url: "/fail?x=1", err: { message: "the inside of the shop" } },
    ]);
  });

  test("of the client are not logged", async () => {
    const { errors, log } = recordingLog();
    const { server } = await open({ log });
    await server.inject("/nothing");
    await server.inject({ method: "POST", url: "/order", payload: "{" });
    expect(errors).toEqual([]);
  });

  test("a client that goes away is nobody's fault", async () => {
    const { errors, log } = recordingLog();
    const begun = Promise.withResolvers<AbortSignal>();
    const { url } = await open({ log, onWait: begun.resolve });
    const leaving = new AbortController();
    const answer = fetch(`${url}/wait`, { signal: leaving.signal });
    const seen = await begun.promise;
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await expect.poll(() => seen.aborted).toBe(true);
    expect((await fetch(`${url}/items/1`)).status).toBe(200);
    expect(errors).toEqual([]);
  });

  test("a server that stops says so, and when to come back", async () => {
    const begun = Promise.withResolvers<AbortSignal>();
    const { url, stopping } = await open({ onWait: begun.resolve });
    const answer = fetch(`${url}/wait`);
    await begun.promise;
    stopping.abort();
    const { status, headers } = await answer;
    expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
  });
});

describe("the door", () => {
  test("asks before it takes a body", async () => {
    const { raw } = await open({ auth: { sharedKey: new Secret("shared") } });
    const answer = await raw(
      "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=X\r\n" +
        "Content-Length: 300000\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).toContain("www-authenticate: Bearer");
    expect(bodyOf(answer)).toMatchObject({ code: "unauthorized" });
  });

  test("tells the handler who came in", async () => {
    const { server } = await open({ auth: { sharedKey: new Secret("shared") } });
    const come = async (headers: Record<string, string>) =>
      (await server.inject({ url: "/items/1", headers })).json();
    expect(await come({ "x-api-key": "shared" })).toMatchObject({ kind: "shared-key", fromHere: true });
    expect(await come({ authorization: `bearer ${LOCAL_TOKEN}` })).toMatchObject({ kind: "local" });
    expect(await come({ "x-api-key": "wrong" })).toMatchObject({ code: "unauthorized" });
    const passedOn = { "x-api-key": "shared", "x-forwarded-for": "127.0.0.1" };
    expect(await come(passedOn)).toMatchObject({ fromHere: false });
  });

  test("keeps anonymous callers from administering", async () => {
    const { server } = await open();
    expect((await server.inject({ method: "DELETE", url: "/items/1" })).statusCode).toBe(401);
    expect((await server.inject("/_/api/users")).statusCode).toBe(401);
  });
});

describe("CORS", () => {
  const preflight = { origin: "https://app.example", "access-control-request-method": "POST" };

  test("is each system's own", async () => {
    const { server } = await open({ corsOrigins: ["https://app.example"] });
    const asked = await server.inject({ method: "OPTIONS", url: "/upload", headers: preflight });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-headers": "Content-Type, X-API-Key",
      "access-control-expose-headers": "X-Request-Id",
    });
    const platform = await server.inject({ method: "OPTIONS", url: "/_/livez", headers: preflight });
    expect(platform.statusCode).toBe(405);
    expect(platform.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("lets a page read errors as well, and no page of another origin anything", async () => {
    const { server } = await open({ corsOrigins: ["https://app.example"] });
    const headers = { origin: "https://app.example" };
    for (const url of ["/items/1", "/items/1?size=x", "/fail"]) {
      const { headers: given } = await server.inject({ url, headers });
      expect(given["access-control-allow-origin"]).toBe("https://app.example");
    }
    const other = await server.inject({ url: "/items/1", headers: { origin: "https://evil.example" } });
    expect(other.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("may be open to all, or closed", async () => {
    const { server } = await open({ corsOrigins: ["*"] });
    const all = await server.inject({ url: "/items/1", headers: { origin: "https://any.example" } });
    expect(all.headers["access-control-allow-origin"]).toBe("*");
    const closed = await open();
    const asked = await closed.server.inject({ method: "OPTIONS", url: "/upload", headers: preflight });
    expect([asked.statusCode, asked.headers.allow]).toEqual([405, "POST"]);
  });
});

describe("the rate limit", () => {
  const limited: ShopOptions = { settings: { rateLimitPerMinute: 2, trustedProxies: ["127.0.0.1"] } };

  test("is a 429 in the owner's body that says when to come back, per client", async () => {
    const { server } = await open(limited);
    const from = (address: string) =>
      server.inject({ url: "/items/1", headers: { "x-forwarded-for": address } });
    expect((await from("10.0.0.1")).statusCode).toBe(200);
    expect((await from("10.0.0.1")).statusCode).toBe(200);
    const third = await from("10.0.0.1");
    expect(third.statusCode).toBe(429);
    expect(third.json()).toMatchObject({ code: "too_many_requests", shop: expect.stringContaining("2") });
    expect(Number(third.headers["retry-after"])).toBeGreaterThan(0);
    expect((await from("10.0.0.2")).statusCode).toBe(200);
  });

  test("is off for who comes straight from this machine", async () => {
    const { server } = await open(limited);
    for (let i = 0; i < 5; i++) expect((await server.inject("/items/1")).statusCode).toBe(200);
  });
});

describe("the documentation", () => {
  test("is at both addresses and lists what is mounted", async () => {
    const { server } = await open();
    const document = (await server.inject("/openapi.json")).json();
    expect(document).toMatchObject({ openapi: "3.0.3", paths: { "/items/{id}": {}, "/_/livez": {} } });
    expect((await server.inject("/_/openapi.json")).json()).toEqual(document);
  });

  test("has a page whose own policy allows everything that it loads", async () => {
    const { server } = await open();
    const page = await server.inject("/_/docs/");
    expect(page.statusCode).toBe(200);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");
    expect(assets.length).toBeGreaterThan(3);
    for (const path of assets) {
      const { statusCode } = await server.inject(new URL(path, "http://x/_/docs/").pathname);
      expect([path, statusCode]).toEqual([path, 200]);
    }
    expect(policy).not.toContain("upgrade-insecure-requests");
    expect(page.body).not.toMatch(/<script(?![^>]*src=)|<style|style=/);
    expect((await server.inject("/_/docs/json")).json()).toMatchObject({ openapi: "3.0.3" });
  });
});

describe("metrics", () => {
  test("label by system, route and status; unknown paths share one label", async () => {
    const { server } = await open({});
    await server.inject("/items/1");
    await server.inject("/items/2");
    await server.inject("/a");
    await server.inject("/b");
    const { body } = await server.inject("/_/metrics");
    const count = "quatrain_http_request_duration_seconds_count";
    expect(body).toContain(`${count}{system="shop",method="GET",route="/items/:id",status="200"} 2`);
    expect(body).toContain(`${count}{system="platform",method="GET",route="unknown",status="404"} 2`);
  });

  test("are for this machine, and for whoever has a credential", async () => {
    const { server } = await open({ auth: { sharedKey: new Secret("shared") } });
    const read = async (headers: Record<string, string>) =>
      (await server.inject({ url: "/_/metrics", headers })).statusCode;
    const far = { "x-forwarded-for": "10.0.0.1" };
    expect(await read({})).toBe(200);
    expect(await read(far)).toBe(401);
    expect(await read({ ...far, "x-api-key": "shared" })).toBe(200);
    expect(await read({ ...far, authorization: `Bearer ${LOCAL_TOKEN}` })).toBe(200);
  });
});

test("the platform's own state is open to all", async () => {
  const { server } = await open({ auth: { asksAlways: () => true } });
  expect((await server.inject("/_/livez")).json()).toEqual({ status: "ok" });
  expect((await server.inject("/_/readyz")).json()).toEqual({
    status: "ready",
    version: "1.2.3",
    systems: { shop: { ready: true } },
  });
});
