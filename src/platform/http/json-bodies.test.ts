import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop } from "./testing.ts";

let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop.close());

async function post(body: RequestInit["body"], headers: Record<string, string> = {}) {
  const response = await fetch(`${shop.url}/order`, { method: "POST", body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("JSON is read whatever the content type says", async () => {
  for (const type of ["application/json", "text/plain", "application/octet-stream", "x/y; charset=utf-8"]) {
    expect(await post('{"name": "a"}', { "content-type": type })).toMatchObject({
      status: 200,
      body: { name: "a" },
    });
  }
  const bytes = new TextEncoder().encode('\uFEFF{"name": "é", "amounts": [1, "2.5", NaN, -Infinity]}');
  expect(await post(bytes)).toMatchObject({
    status: 200,
    body: { name: "é", amounts: ["1", "2.5", "NaN", "-Infinity"] },
  });
});

test("an absent body lacks its fields", async () => {
  for (const body of [undefined, "", "  "]) {
    expect(await post(body)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "name"], msg: "Field required", type: "missing" }] },
    });
  }
});

test("all faults come at once, with what was read", async () => {
  expect(await post('{"name": 3, "amounts": [1, "x"]}')).toMatchObject({
    status: 422,
    body: {
      name: 3,
      detail: [
        { loc: ["body", "name"], msg: "Input should be a valid string", type: "value_error" },
        { loc: ["body", "amounts", 1], msg: "Input should be a valid number", type: "value_error" },
      ],
    },
  });
});

test.each(["[]", '"x"', "null", "3", "{", '{"name": "a"', "name=a", "[".repeat(70), "\0"])(
  "%s is no JSON object: 400",
  async (body) => {
    expect(await post(body, { "content-type": "application/json" })).toMatchObject({
      status: 400,
      body: { code: "invalid_json" },
    });
  },
);

test("a form is told that JSON is wanted", async () => {
  const form = new FormData();
  form.set("name", "a");
  expect(await post(form)).toMatchObject({
    status: 400,
    body: { shop: expect.stringContaining("JSON body") },
  });
});

test("a malformed content type is the client's fault", async () => {
  expect(await post("{}", { "content-type": ";;" })).toMatchObject({
    status: 415,
    body: { code: "unsupported_media_type" },
  });
});

test("more than the contract's bytes are refused, announced or not, and the server lives on", async () => {
  const huge = JSON.stringify({ name: "x".repeat(600_000) });
  expect(await post(huge)).toMatchObject({ status: 413, body: { code: "too_large" } });
  const stream = new Blob([huge]).stream();
  const init = { method: "POST", body: stream, duplex: "half" } as RequestInit;
  expect((await fetch(`${shop.url}/order`, init)).status).toBe(413);
  expect((await post('{"name": "a"}')).status).toBe(200);
});

test("names of the prototype are harmless", async () => {
  const answer = await post(
    '{"name": "a", "__proto__": {"admin": 1}, "constructor": {"prototype": {"admin": 1}}}',
  );
  expect(answer.status).toBe(200);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test("a million wrong items are answered with one fault", async () => {
  const answer = await post(`{"name": "a", "amounts": [${"{},".repeat(100_000)}{}]}`);
  expect(answer).toMatchObject({ status: 422, body: { detail: { length: 1 } } });
});
