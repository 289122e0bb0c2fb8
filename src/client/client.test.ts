import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as inspection from "../contracts/inspection/index.ts";
import * as platform from "../contracts/platform/index.ts";
import * as training from "../contracts/training/index.ts";
import { ClientError, QuatrainClient } from "./index.ts";

/** What the server got, and what it answers next. */
let got: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: Buffer };
let next: { status: number; body: string | Buffer };

const server = createServer(async (request, response) => {
  got = { method: request.method, url: request.url, headers: request.headers, body: await buffer(request) };
  response.writeHead(next.status, { "x-request-id": "r1" }).end(next.body);
});
let baseUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  next = { status: 200, body: "{}" };
});

afterAll(() => server.close());
next = { status: 200, body: "{}" };

const client = () => new QuatrainClient({ baseUrl, credential: "k" });
const ROI = { role_id: "a/b ü", roi_id: "..x" };

describe("the client", () => {
  test("puts each field where the contract has it, and shows its credential", async () => {
    await client().call(inspection.manifestByPath, { ...ROI, recipe_id: "r&d", model_key: undefined });
    expect(got).toMatchObject({ method: "GET", url: "/manifests/a%2Fb%20%C3%BC/..x?recipe_id=r%26d" });
    expect(got.headers.authorization).toBe("Bearer k");
    await client().call(platform.removeUser, { email: "a+b@c" });
    expect(got).toMatchObject({ method: "DELETE", url: "/_/api/users/a%2Bb%40c" });
    expect(got.body).toHaveLength(0);
  });

  test("finds a server that lies below a path", async () => {
    await new QuatrainClient({ baseUrl: `${baseUrl}/quatrain/` }).call(platform.live, {});
    expect(got.url).toBe("/quatrain/_/livez");
    expect(got.headers).not.toHaveProperty("authorization");
  });

  test("sends further headers with every call of its own, and never in the place of its credential", async () => {
    const spanish = client().withHeaders({ "accept-language": "es" });
    await spanish.withHeaders({ "idempotency-key": "k1", authorization: "other" }).call(platform.live, {});
    expect(got.headers).toMatchObject({
      "accept-language": "es",
      "idempotency-key": "k1",
      authorization: "Bearer k",
    });
    await client().call(platform.live, {});
    expect(got.headers).not.toHaveProperty("idempotency-key");
  });

  test("sends JSON, numbers that JSON has not as text", async () => {
    await client().call(inspection.calibrateNg, {
      ...ROI,
      model_key: null,
      recipe_id: null,
      ok_scores: [1, Number.NaN],
    });
    expect(got.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(got.body.toString())).toEqual({
      ...ROI,
      model_key: null,
      recipe_id: null,
      ok_scores: [1, "NaN"],
    });
  });

  test("sends forms with lists, files and their names", async () => {
    const images = [
      { filename: "é.png", content: new Blob(["one"]) },
      { filename: "b.png", content: new Blob(["two"]) },
    ];
    await client().call(inspection.uploadOk, { ...ROI, metas: ["{}", "[]"] }, { images });
    const form = await new Response(new Uint8Array(got.body), {
      headers: { "content-type": String(got.headers["content-type"]) },
    }).formData();
    expect(form.getAll("metas")).toEqual(["{}", "[]"]);
    expect(form.get("role_id")).toBe("a/b ü");
    expect(form.getAll("images")).toMatchObject([{ name: "é.png" }, { name: "b.png" }]);
    expect(form.has("recipe_id")).toBe(false);
  });

  test("yields what the contract says: JSON or bytes", async () => {
    next.body = '{"status": "ok"}';
    expect(await client().call(platform.live, {})).toEqual({ status: "ok" });
    next.body = Buffer.from([0, 255]);
    const input = { ...ROI, label: "ok", filename: "a.png" };
    expect(await client().bytes(inspection.getDatasetFile, input)).toEqual(new Uint8Array([0, 255]));
  });
});

describe("a stream", () => {
  const model = { job_id: 5 };

  test("yields an answer's bytes as they come", async () => {
    next.body = Buffer.from([0, 255]);
    const stream = await client().stream(training.exportModel, model);
    expect(got).toMatchObject({ method: "GET", url: "/api/v1/training/jobs/5/export" });
    expect(new Uint8Array(await new Response(stream as ReadableStream).arrayBuffer())).toEqual(
      new Uint8Array([0, 255]),
    );
  });

  test("of an error answer says what the answer says", async () => {
    next = { status: 404, body: '{"detail": "no such job", "code": "JOB_NOT_FOUND"}' };
    await expect(client().stream(training.exportModel, model)).rejects.toMatchObject({
      message: "no such job",
      code: "JOB_NOT_FOUND",
    });
  });
});

test("a signal ends calls that are under way, and none of the client that it was made from", async () => {
  const stop = new AbortController();
  const stoppable = client().withSignal(stop.signal);
  await stoppable.call(platform.live, {});
  stop.abort(new Error("enough"));
  await expect(stoppable.call(platform.live, {})).rejects.toThrow("enough");
  await expect(client().call(platform.live, {})).resolves.toEqual({});
});

describe("an error answer", () => {
  test.each([
    ['{"error": "no", "code": "c"}', "no", "c"],
    ['{"error": "first", "detail": "second"}', "first", null],
    ['{"detail": "no such file"}', "no such file", null],
    ['{"detail": {"error": "locked", "request_id": "x"}}', "locked", null],
    [
      '{"detail": [{"loc": ["body", "a", 1], "msg": "bad"}, {"loc": ["query", "b"], "msg": "worse"}]}',
      "a.1: bad; b: worse",
      null,
    ],
    ['{"message": "no"}', "no", null],
    ["<html>proxy</html>", "418 I'm a Teapot", null],
    ["null", "418 I'm a Teapot", null],
    ["", "418 I'm a Teapot", null],
  ])("%s says: %s", async (body, message, code) => {
    next = { status: 418, body };
    const error: unknown = await client()
      .call(platform.live, {})
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ message, code, status: 418, requestId: "r1" });
  });

  test("that should have been JSON is told apart from a server that is not there", async () => {
    next.body = "<html>another program</html>";
    await expect(client().call(platform.live, {})).rejects.toThrow("not JSON");
    const nobody = new QuatrainClient({ baseUrl: "http://127.0.0.1:1" });
    await expect(nobody.call(platform.live, {})).rejects.toBeInstanceOf(TypeError);
  });
});
