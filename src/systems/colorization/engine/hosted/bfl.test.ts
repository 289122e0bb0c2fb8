import type { ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { silentLog } from "../../../../platform/telemetry/silent-log.ts";
import { openFetcher } from "../../fetching/open-fetcher.ts";
import type { OutsideEngine, OutsideRequest } from "../outside-engine.ts";
import { type BflOptions, openBfl } from "./bfl.ts";
import { type FakeBfl, startFakeBfl } from "./testing/fake-bfl.ts";

const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from("coloured")]);
const KEY = "bfl-secret-key";

async function startFake(): Promise<FakeBfl> {
  const fake = await startFakeBfl(PNG);
  onTestFinished(() => fake.close());
  return fake;
}

function open(fake: FakeBfl, given: Partial<BflOptions> = {}): OutsideEngine {
  const engine = openBfl({
    key: KEY,
    url: fake.url,
    model: "flux-2-pro",
    timeoutMs: 20_000,
    retries: 2,
    fetcher: openFetcher({
      maxBytes: 10_000,
      timeoutMs: 20_000,
      isAllowed: (address) => address === "127.0.0.1",
    }),
    log: silentLog,
    pollMs: 1,
    ...given,
  });
  if (engine === null) throw new Error("there is a key");
  return engine;
}

const request = (given: Partial<OutsideRequest> = {}): OutsideRequest => ({
  page: Buffer.from("page"),
  reference: Buffer.from("reference"),
  prompt: "a quiet street",
  seed: 42,
  strength: 1,
  signal: new AbortController().signal,
  ...given,
});

const failing = (fake: FakeBfl, given?: Partial<BflOptions>) => open(fake, given).colour(request());

describe("Black Forest Labs' engine", () => {
  it("is not there without a key, and its address must be one of HTTP", async () => {
    const fake = await startFake();
    const options = { url: fake.url, model: "m", timeoutMs: 1, retries: 0, log: silentLog };
    const fetcher = openFetcher({ maxBytes: 1, timeoutMs: 1 });
    expect(openBfl({ ...options, fetcher, key: null })).toBeNull();
    expect(() => openBfl({ ...options, fetcher, key: KEY, url: "api.bfl.ai" })).toThrow(RangeError);
  });

  it("submits page and reference, asks until it is ready, and downloads without the key", async () => {
    const fake = await startFake();
    fake.answers = [
      { status: "Pending" },
      { status: "Pending", progress: 0.5 },
      { status: "Pending", progress: 0.4 },
      { status: "Ready", result: { sample: `${fake.url}/delivery/1.png` } },
    ];
    const shares: number[] = [];
    const picture = await open(fake).colour(request({ onProgress: (share) => shares.push(share) }));
    expect(Buffer.from(picture)).toEqual(PNG);
    expect(shares).toEqual([0.5]);
    expect(fake.submitted).toEqual([
      {
        prompt: expect.stringMatching(/image 1 .* image 2\..* a quiet street$/),
        input_image: Buffer.from("page").toString("base64"),
        input_image_2: Buffer.from("reference").toString("base64"),
        seed: 42,
        output_format: "png",
      },
    ]);
    expect(fake.paths).toEqual([
      "POST /v1/flux-2-pro",
      ...Array(4).fill("GET /v1/get_result"),
      "GET /delivery/1.png",
    ]);
    expect(fake.keys).toEqual([KEY, KEY, KEY, KEY, KEY, undefined]);
  });

  it("says that it is there, whatever it answers", async () => {
    const fake = await startFake();
    expect(await open(fake).isReachable()).toBe(true);
    expect(await open({ ...fake, url: "http://127.0.0.1:1" }).isReachable()).toBe(false);
    expect(open(fake).appliesStrength).toBe(false);
  });

  it.each([
    ["Request Moderated", "engine_moderated", 422],
    ["Content Moderated", "engine_moderated", 422],
    ["Error", "engine_failed", 502],
    ["Failed", "engine_failed", 502],
  ])("fails on %s with %s, asked no further", async (status, code, httpStatus) => {
    const fake = await startFake();
    fake.answers = [{ status, details: { reason: "derivative work" } }];
    await expect(failing(fake)).rejects.toMatchObject({ code, status: httpStatus });
    expect(fake.paths).toHaveLength(2);
  });

  it.each([
    [402, '{"detail":"Insufficient credits"}', "Insufficient credits. The account has no credits left"],
    [403, '{"detail":"Not authenticated"}', "Check the API key"],
    [422, '{"detail":[{"loc":["body","seed"],"msg":"bad"}]}', '"seed"'],
    [404, "", "name of the model"],
    [400, "oh", "oh"],
  ])("is refused with status %d in words, once, without its key", async (status, body, words) => {
    const fake = await startFake();
    fake.submit = (response) => void response.writeHead(status).end(body);
    await expect(failing(fake)).rejects.toMatchObject({ code: "engine_refused", status: 502 });
    await expect(failing(fake)).rejects.toThrow(words);
    await expect(failing(fake)).rejects.not.toThrow(KEY);
    expect(fake.submitted).toHaveLength(3);
  });

  it.each([429, 500, 503])("submits again what was turned away with %d", async (status) => {
    const fake = await startFake();
    fake.submit = (response) => {
      delete fake.submit;
      response.writeHead(status).end();
    };
    await expect(open(fake).colour(request())).resolves.toBeDefined();
    expect(fake.submitted).toHaveLength(2);
  });

  it.each([
    ["the connection broke", (response: ServerResponse) => void response.destroy()],
    ["a gateway gave up", (response: ServerResponse) => void response.writeHead(504).end()],
  ])("submits nothing twice where %s: it may be paid", async (_, submit) => {
    const fake = await startFake();
    fake.submit = submit;
    await expect(failing(fake)).rejects.toMatchObject({ code: "engine_unreachable", status: 503 });
    expect(fake.submitted).toHaveLength(1);
  });

  it("is given up where nobody is there, or always too much is going on", async () => {
    const fake = await startFake();
    await expect(failing({ ...fake, url: "http://127.0.0.1:1" })).rejects.toMatchObject({
      code: "engine_unreachable",
    });
    fake.submit = (response) => void response.writeHead(429).end("too many");
    await expect(failing(fake)).rejects.toThrow("429 (too many)");
    expect(fake.submitted).toHaveLength(3);
  });

  it("goes on asking where a task is not known at first, not for ever", async () => {
    const fake = await startFake();
    fake.answers = [{ status: "Task not found" }, { status: "Task not found" }];
    fake.answers.push({ status: "Ready", result: { sample: `${fake.url}/delivery/1.png` } });
    await expect(open(fake).colour(request())).resolves.toBeDefined();
    fake.answers = [{ status: "Task not found" }];
    await expect(failing(fake)).rejects.toMatchObject({ code: "engine_unreachable" });
  });

  it.each([
    "https://evil.example/v1/get_result?id=1",
    "http://127.0.0.1:1/v1/get_result?id=1",
    "https://127.0.0.1/x",
    "file:///etc/passwd",
    "no url",
  ])("sends its key to no other domain: %s", async (url) => {
    const fake = await startFake();
    fake.submit = (response) => void response.end(JSON.stringify({ id: "1", polling_url: url }));
    await expect(failing(fake)).rejects.toThrow("another domain");
  });

  it.each([["html"], ["{}"], ["[]"], ['{"id":"1"}']])("does not take %j for an answer", async (body) => {
    const fake = await startFake();
    fake.submit = (response) => void response.end(body);
    await expect(failing(fake)).rejects.toThrow("does not speak as");
  });

  it("does not take a ready page without a picture", async () => {
    const fake = await startFake();
    fake.answers = [{ status: "Ready", result: {} }];
    await expect(failing(fake)).rejects.toThrow("does not speak as");
  });

  it("downloads again what was lost on the way, and never from inside the network", async () => {
    const fake = await startFake();
    fake.view = (response) => {
      delete fake.view;
      response.destroy();
    };
    await expect(open(fake).colour(request())).resolves.toBeDefined();
    fake.answers = [{ status: "Ready", result: { sample: "http://10.0.0.1/1.png" } }];
    await expect(failing(fake)).rejects.toThrow("private network");
    fake.answers = [];
    fake.view = (response) => void response.end("<html>");
    await expect(failing(fake)).rejects.toMatchObject({ code: "engine_failed" });
    fake.view = (response) => void response.end("GIF89a............");
    await expect(failing(fake)).rejects.toThrow("no PNG, JPEG or WebP");
  });

  it("is waited for as long as is said, and given up when the caller says so", async () => {
    const fake = await startFake();
    fake.answers = [{ status: "Pending" }];
    await expect(failing(fake, { timeoutMs: 100 })).rejects.toMatchObject({
      code: "engine_timeout",
      status: 503,
    });
    const controller = new AbortController();
    const waiting = open(fake).colour(
      request({ signal: controller.signal, onProgress: () => controller.abort(new Error("cancelled")) }),
    );
    fake.answers = [{ status: "Pending", progress: 0.1 }];
    await expect(waiting).rejects.toThrow("cancelled");
  });
});
