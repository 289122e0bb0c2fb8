import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MAX_FILE_BYTES, MAX_REQUEST_BYTES, openShop } from "./testing.ts";

let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  shop = await openShop();
});

// whatever was sent, nothing of it stays
afterEach(() => expect.poll(() => shop.spooled()).toEqual([]));
afterAll(() => shop.close());

async function upload(body: RequestInit["body"], headers: Record<string, string> = {}, path = "/upload") {
  const init = { method: "POST", body, headers, duplex: "half" } as RequestInit;
  const response = await fetch(shop.url + path, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

type Part = readonly [name: string, value: string | Blob, filename?: string];

function form(...parts: Part[]): FormData {
  const data = new FormData();
  for (const [name, value, filename] of parts) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, filename);
  }
  return data;
}

const NAME = ["name", "a"] as const;
const image = (text = "png", name = "images"): Part => [
  name,
  new Blob([text], { type: "image/png" }),
  "é.png",
];

/** A multipart body written by hand. */
function handMade(...parts: string[]): string {
  return `${parts.map((part) => `--XX\r\nContent-Disposition: form-data; ${part}\r\n`).join("")}--XX--\r\n`;
}
const HAND_MADE = { "content-type": "multipart/form-data; boundary=XX" };
const HAND_NAME = 'name="name"\r\n\r\na';
const HAND_IMAGE = 'name="images"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nxyz';

describe("a multipart form", () => {
  test("arrives with its fields parsed and its files on disk, under every name a field goes by", async () => {
    const fields: Part[] = [NAME, ["count", " 3 "], ["urgent", "on"], ["unknown", "x"]];
    const files = [image("one"), image("second", "images[]"), image("", "extra")];
    expect(await upload(form(...fields, ...files))).toMatchObject({
      status: 200,
      body: {
        name: "a",
        count: 3,
        urgent: true,
        extra: 1,
        images: [
          { filename: "é.png", contentType: "image/png", bytes: 3, start: "one" },
          { start: "second" },
        ],
      },
    });
  });

  test("of a name given twice the last counts, in a list all of them; one alone is a list too", async () => {
    const twice = form(["name", "a"], ["name", "b"], ["metas", "{}"], ["metas", "[1]"], image());
    expect((await upload(twice)).body).toMatchObject({ name: "b", metas: ["{}", "[1]"] });
    expect((await upload(form(NAME, ["metas", "{}"], image()))).body).toMatchObject({ metas: ["{}"] });
  });

  test("a field sent empty counts as absent; in a list it keeps its place", async () => {
    const blanks = form(NAME, ["count", ""], ["urgent", ""], ["metas", ""], ["metas", "{}"], image());
    const { status, body } = await upload(blanks, {}, "/upload?note=");
    expect([status, body.urgent, body.metas]).toEqual([200, false, ["", "{}"]]);
    expect(body).not.toHaveProperty("count");
    expect((await upload(form(["name", ""], image()))).body).toMatchObject({
      detail: [{ loc: ["body", "name"], type: "missing" }],
    });
  });

  test("a text field may come as application/json or as a file", async () => {
    const json = 'name="metas"\r\nContent-Type: application/json\r\n\r\n{"a": [1]}';
    const file = 'name="metas"; filename="m.json"\r\nContent-Type: application/json\r\n\r\n{"b": 2}';
    const answer = await upload(handMade(HAND_NAME, json, file, HAND_IMAGE), HAND_MADE);
    expect(answer).toMatchObject({ status: 200, body: { metas: ['{"a":[1]}', '{"b": 2}'] } });
  });

  test("a picture needs no file name", async () => {
    const nameless = 'name="images"\r\nContent-Type: image/png\r\n\r\nxyz';
    const blank = 'name="images"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\nxyz';
    expect(await upload(handMade(HAND_NAME, nameless, blank), HAND_MADE)).toMatchObject({
      status: 200,
      body: {
        images: [
          { filename: "", bytes: 3 },
          { filename: "", bytes: 3 },
        ],
      },
    });
  });

  test("files of unknown fields are skipped", async () => {
    expect((await upload(form(NAME, image("x", "else"), image()))).status).toBe(200);
  });

  test("missing files and fields are listed together, with what was read", async () => {
    expect(await upload(form(["count", "x"], ["urgent", "perhaps"], NAME))).toMatchObject({
      status: 422,
      body: {
        name: "a",
        detail: [
          { loc: ["body", "count"], type: "value_error" },
          { loc: ["body", "urgent"], type: "value_error" },
          { loc: ["body", "images"], msg: "Field required", type: "missing" },
        ],
      },
    });
    expect((await upload(handMade(), HAND_MADE)).status).toBe(422);
  });

  test("surplus files are refused in the same way", async () => {
    expect(await upload(form(NAME, image(), image(), image(), image()))).toMatchObject({
      status: 422,
      body: { name: "a", detail: [{ loc: ["body", "images"], msg: "At most 3 files" }] },
    });
  });

  test("a file that is too large is named", async () => {
    expect(await upload(form(NAME, image("x".repeat(MAX_FILE_BYTES))))).toMatchObject({ status: 200 });
    expect(await upload(form(NAME, image("x".repeat(MAX_FILE_BYTES + 1))))).toMatchObject({
      status: 413,
      body: { code: "too_large", shop: expect.stringContaining("é.png") },
    });
  });

  test("a request that is too large is refused, announced or not, and wherever its bytes are", async () => {
    const half = "x".repeat(MAX_FILE_BYTES - 1);
    const large = form(NAME, image(half), image(half), image(half), image(half, "else"), image(half, "else"));
    expect(await upload(large)).toMatchObject({ status: 413, body: { code: "too_large" } });
    const bytes = await new Response(large).blob();
    expect(await upload(bytes.stream(), { "content-type": bytes.type })).toMatchObject({ status: 413 });
    const preamble = new Blob(["x".repeat(MAX_REQUEST_BYTES + 1), handMade(HAND_NAME, HAND_IMAGE)]);
    expect(await upload(preamble.stream(), HAND_MADE)).toMatchObject({ status: 413 });
    expect((await upload(form(NAME, image()))).status).toBe(200);
  });

  test("text without end is refused too", async () => {
    const long = form(["name", "x".repeat(300_000)], image());
    expect((await upload(long)).status).toBe(422);
    const many = Array.from({ length: 10_001 }, () => 'name="m"\r\n\r\nx');
    expect((await upload(handMade(...many), HAND_MADE)).status).toBe(413);
  });

  test.each([
    ["cut off in a file", handMade(HAND_NAME, HAND_IMAGE).slice(0, -20)],
    ["cut off between parts", handMade(HAND_NAME).slice(0, -6)],
    ["without any part", "nothing of the kind"],
    ["with a part without headers", "--XX\r\n\r\nx\r\n--XX--\r\n"],
    ["with broken JSON in a JSON part", handMade('name="metas"\r\nContent-Type: application/json\r\n\r\n{')],
    ["with a field named __proto__", handMade('name="__proto__"\r\n\r\nx', HAND_NAME)],
    ["with a file named constructor", handMade('name="constructor"; filename="x"\r\n\r\nx', HAND_NAME)],
  ])("%s is the client's fault", async (_title, body) => {
    const answer = await upload(body, HAND_MADE);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toHaveProperty("shop");
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("without a boundary is malformed", async () => {
    expect(await upload(handMade(HAND_NAME), { "content-type": "multipart/form-data" })).toMatchObject({
      status: 400,
      body: { code: "malformed_body" },
    });
  });

  test("with another boundary than it says, or the wrong type, lacks its fields", async () => {
    const body = handMade(HAND_NAME, HAND_IMAGE);
    const other = await upload(body, { "content-type": "multipart/form-data; boundary=YY" });
    expect([400, 422]).toContain(other.status);
    expect((await upload(body, { "content-type": "application/json" })).status).toBe(422);
  });
});

describe("a client that goes away in the middle of an upload", () => {
  test("leaves no file behind and a server that answers", async () => {
    const url = new URL("/upload", shop.url);
    for (const announced of [true, false]) {
      const sending = request(url, {
        method: "POST",
        headers: { ...HAND_MADE, ...(announced ? { "content-length": "200000" } : {}) },
      });
      sending.on("error", () => undefined);
      sending.write(handMade(HAND_NAME, HAND_IMAGE).slice(0, -8));
      sending.write("x".repeat(50_000));
      await expect.poll(() => shop.spooled()).toHaveLength(1);
      sending.destroy();
      await expect.poll(() => shop.spooled()).toEqual([]);
    }
    expect((await upload(form(NAME, image()))).status).toBe(200);
  });
});

describe("an urlencoded form", () => {
  const encoded = (text: string) => upload(text, { "content-type": "application/x-www-form-urlencoded" });

  test("is read like the fields of a multipart form", async () => {
    expect(await encoded("name=a+b%21&count=2&metas=x&metas=y")).toMatchObject({
      status: 422,
      body: { name: "a b!", detail: [{ loc: ["body", "images"], type: "missing" }] },
    });
  });

  test("takes any names and any bytes", async () => {
    for (const text of ["__proto__=1&constructor=2&name[x]=3", "%", "%zz=%ff", "=&&=", "\0\xff"]) {
      expect((await encoded(text)).status).toBe(422);
    }
    expect((await encoded("a&".repeat(10_001))).status).toBe(413);
    expect(({} as Record<string, unknown>)["1"]).toBeUndefined();
  });
});

test("query fields are read beside the form's, the last of a name counts, and strange names do no harm", async () => {
  const path = "/upload?note=a&note=b&__proto__=x&constructor=y&toString=z";
  expect(await upload(form(NAME, image()), {}, path)).toMatchObject({ status: 200, body: { note: "b" } });
});
