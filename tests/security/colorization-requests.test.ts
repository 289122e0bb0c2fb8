import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { STYLE, useColorizationServer } from "../support/colorization-server.ts";

/** Fields of wrong types and values, deep and large bodies, hints that lie nowhere: refused in the dialect's own body. */

const { get, post, run, server, submit, url } = useColorizationServer();
afterEach(() => expect(server().stderr()).not.toMatch(/"level":50/));

const refusalA = (code: string, field?: string) => ({
  code,
  message: expect.any(String),
  details: field === undefined ? expect.any(Object) : expect.objectContaining({ field }),
  trace_id: expect.stringMatching(/^[0-9a-f]{12}$/),
});
const refusalB = (details: unknown) => ({
  status: "error",
  message: expect.any(String),
  timestamp_utc: expect.stringMatching(/Z$/),
  details,
});

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("dialect A", () => {
  it.each([
    ["chapter_id", [5, [], {}, true, "", "a/b", "x".repeat(201)]],
    ["input_mode", [5, "both", [], true]],
    ["input_dir", [5, [], {}, true, null, "", "  "]],
    ["engine", [5, "magic", [], {}, true]],
    ["options", [5, "x", [], true]],
    ["options.strength", [-0.001, 1.001, 1e308, "much", "NaN", "", [], {}, true]],
    ["options.seed_mode", [5, "always", [], true]],
    ["options.seed", [-1, 1.5, 1e300, "many", "NaN", [], {}, true]],
    ["options.prompt", [5, [], {}, "x".repeat(5_000)]],
    ["options.skip_colored", [5, "yes", [], {}]],
    ["options.fallback", [5, "dummy", [], {}]],
    ["style_references", [5, "x", {}, [5], Array.from({ length: 17 }, (_, at) => `${at}.png`)]],
    ["hints", [5, "x", {}, Array.from({ length: 10_001 }, () => ({}))]],
    ["metadata_output", [5, [], {}, true]],
    ["pass2_output", [5, [], {}, true]],
    ["masks_output", [5, [], {}, true]],
  ])("names %s where it cannot be used", async (field, values) => {
    for (const value of values) {
      const [outer, inner] = field.split(".");
      const fields = inner === undefined ? { [field]: value } : { [outer!]: { seed: 1, [inner]: value } };
      const { status, body } = await submit(fields);
      expect([field, value, status, body]).toEqual([field, value, 400, refusalA("invalid_request", field)]);
    }
  });

  it.each([
    ["0", [5]],
    ["0.x", [{}, { x: -1, y: 1 }, { x: "here", y: 1 }, { x: 2e6, y: 1 }]],
    ["0.y", [{ x: 1 }, { x: 1, y: null }]],
    ["0.w", [{ x: 1, y: 1, w: 0, colour: "#ff0000" }]],
    ["0.page_num", [{ x: 1, y: 1, page_num: "one", colour: "#ff0000" }]],
    [
      "0.colour",
      ["red", "#ff00", [1, 2], [1, 2, 300], [1, 2, "3"], null, {}].map((colour) => ({ x: 1, y: 1, colour })),
    ],
  ])("names hints.%s where it cannot be used", async (place, hints) => {
    for (const hint of hints)
      expect([hint, (await submit({ hints: [hint] })).body]).toEqual([
        hint,
        refusalA("invalid_request", `hints.${place}`),
      ]);
  });

  it.each([
    ["absent", ""],
    ["blank", "  \n"],
    ["cut off", '{"style_reference": "a'],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
    ["a list", "[]"],
    ["a text", '"a"'],
    ["nothing", "null"],
    ["nested too deeply", deep(100_000)],
    ["nested too deeply in options", `{"style_reference": "${STYLE}", "options": ${deep(80)}}`],
  ])("a body that is %s is no JSON", async (_, body) => {
    for (const kind of ["two-pass", "pass1", "pass2"]) {
      const response = await fetch(url(`/v1/jobs/${kind}`), { method: "POST", body });
      expect([response.status, await response.json()]).toEqual([400, refusalA("invalid_json")]);
    }
  });

  it("a body beyond the limit is not read", async () => {
    const asking = request(url("/v1/jobs/two-pass"), { method: "POST", headers: { "content-length": 5e6 } });
    asking.on("error", () => undefined); // the server hangs up on what it does not want
    asking.flushHeaders();
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    expect([response.statusCode, JSON.parse(await text(response))]).toEqual([413, refusalA("too_large")]);
    asking.destroy();
  });

  it("options that nobody knows are kept, as long as they are few", async () => {
    const job = await run({ chapter_id: "options", options: { their_own: { a: [1, null] }, seed: 9 } });
    expect(job).toMatchObject({ status: "completed" });
    const { body } = await get("/v1/chapters/options/pages/1/runmeta/pass2?download=1");
    expect(body).toMatchObject({ seed: 9, options: { chapter_id: "options", their_own: { a: [1, null] } } });
    expect((await submit({ options: { much: "x".repeat(70_000) } })).body).toEqual(
      refusalA("invalid_request", "options"),
    );
  });

  it("the bounds themselves are taken", async () => {
    for (const [options, facts] of [
      [
        { strength: 0, seed: 0 },
        { strength: 0, seed: 0 },
      ],
      [
        { strength: "1", seed: "2147483648" },
        { strength: 1, seed: 0 },
      ],
      [{ strength: 1e-320, seed_mode: "metadata" }, { strength: 1e-320 }],
    ]) {
      expect(await run({ chapter_id: "bounds", options })).toMatchObject({ status: "completed" });
      const { body } = await get("/v1/chapters/bounds/pages/1/runmeta/pass2?download=1");
      expect(body).toMatchObject({ ...facts, status: "completed" });
    }
  });

  it("a hint outside of its page fails that page; one for no page fails the job; one that is partly outside is cut", async () => {
    const colour = "#ff0000";
    expect(await run({ hints: [{ page_num: 1, x: 240, y: 5, colour }] })).toMatchObject({
      status: "failed",
      failed_pages: [
        { page_num: 1, error: "hints.0 lies at 240, 5, outside of the page, which is 240 x 320" },
      ],
    });
    expect(await run({ hints: [{ page_num: 2, x: 1, y: 5, colour }] })).toMatchObject({
      status: "failed",
      error: expect.stringContaining("hints.0 is for page 2"),
    });
    for (const hint of [
      { page_num: 1, x: 230, y: 310, w: 1e6, h: 1e6, colour },
      { x: 1e6, y: 1e6, colour: [1, 2, 3] },
    ])
      expect(await run({ hints: [hint] })).toMatchObject({ status: "completed", failed_pages: [] });
  });

  it("any body is answered with 202 or a refusal, never a fault", async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("data/nothing", STYLE, "flux", "NaN", 1e308, -1, null, "\u0000", "\ud800"),
    );
    const body = fc.record(
      Object.fromEntries(
        ["chapter_id", "input_mode", "input_dir", "style_reference", "engine", "options", "hints"].map(
          (name) => [name, value],
        ),
      ),
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom("two-pass", "pass1", "pass2"), async (fields, kind) => {
        const { status, body: answer } = await post(`/v1/jobs/${kind}`, fields);
        if (status === 202) await fetch(url(`/v1/jobs/${answer.job_id}/cancel`), { method: "POST" });
        else expect([status, answer]).toEqual([400, refusalA(answer.code)]);
      }),
      { numRuns: 150 },
    );
  });

  it("queries and headers that cannot be used are refused", async () => {
    for (const path of ["/v1/jobs?limit=0", "/v1/jobs?limit=x", "/v1/jobs?offset=-1", "/v1/jobs?limit=1e9"])
      expect([path, (await get(path)).body]).toEqual([path, refusalA("invalid_request")]);
    const long = await post(
      "/v1/jobs/two-pass",
      { style_reference: STYLE, input_dir: STYLE },
      { "idempotency-key": "k".repeat(300) },
    );
    expect([long.status, long.body]).toEqual([400, refusalA("invalid_request", "Idempotency-Key")]);
    const archive = await get("/v1/jobs/none/archive?format=rar");
    expect([archive.status, archive.body.code]).toEqual([400, "invalid_request"]);
  });
});

describe("dialect B", () => {
  const meta = { meta_path: "x" };
  it.each([
    ["/v1/pass2/run", { ...meta, strength: [1] }, "'strength' must be numeric"],
    ["/v1/pass2/run", { ...meta, strength: "NaN" }, "'strength' must be numeric"],
    ["/v1/pass2/run", { ...meta, strength: true }, "'strength' must be numeric"],
    ["/v1/pass2/run", { ...meta, strength: 1.5 }, "'strength' must be between 0 and 1"],
    ["/v1/pass2/run", { ...meta, strength: -1 }, "'strength' must be between 0 and 1"],
    ["/v1/pass2/run", { ...meta, seed_override: "one" }, "'seed_override' must be integer"],
    ["/v1/pass2/run", { ...meta, seed_override: [] }, "'seed_override' must be integer"],
    ["/v1/pass2/run", { ...meta, options: [] }, "'options' must be an object"],
    ["/v1/pass2/run", { ...meta, engine: 5 }, "Invalid engine. Supported values: flux, dummy, embedded"],
    ["/v1/pass2/run", { meta_path: 5 }, "'meta_path' must be a string"],
    ["/v1/pass2/run", { meta_path: "" }, "'meta_path' is required"],
    ["/v1/pass2/run", { meta_path: "data" }, "'meta_path' must be an existing file"],
    ["/v1/pass2/run", { meta_path: STYLE }, expect.objectContaining({ file: "style.png" })],
    ["/v1/pass2/batch", {}, "'metadata_dir' must be an existing directory"],
    ["/v1/pass2/batch", { metadata_dir: STYLE }, "'metadata_dir' must be an existing directory"],
    ["/v1/pass2/batch", { metadata_dir: [] }, "'metadata_dir' must be a string"],
    ["/v1/pipeline/run_chapter", { style_reference_base64: 5 }, "'style_reference_base64' must be a string"],
    [
      "/v1/pipeline/run_chapter",
      { style_reference_base64: "AAAA" },
      "No pages: send 'page_urls' or 'page_uploads'",
    ],
    [
      "/v1/pipeline/run_chapter",
      { style_reference_base64: "AAAA", page_urls: "x" },
      "'page_urls' must be a list",
    ],
    [
      "/v1/pipeline/run_chapter",
      { style_reference_base64: "AAAA", page_urls: [5] },
      "'page_urls' must be a list of strings",
    ],
    [
      "/v1/pipeline/run_chapter",
      { style_reference_base64: "AAAA", page_uploads: [null] },
      "'page_uploads[0].content_base64' is required",
    ],
    [
      "/v1/pipeline/run_chapter",
      { style_reference_base64: "AAAA", page_uploads: [{ content_base64: "=" }] },
      "Invalid base64 in 'page_uploads[0]'",
    ],
    [
      "/v1/pipeline/run_chapter",
      {
        style_reference_base64: "AAAA",
        page_uploads: Array.from({ length: 2_001 }, () => ({ content_base64: "AA==" })),
      },
      "More than 2000 pages",
    ],
    [
      "/v1/pipeline/run_chapter",
      { client_id: "x".repeat(5_000) },
      "'client_id' has more than 4096 characters",
    ],
    ["/v1/pipeline/run_chapter", { client_id: {} }, "'client_id' must be a string"],
  ])("%s with %o says %s", async (path, fields, details) => {
    const { status, body } = await post(path, fields);
    expect([status, body]).toEqual([400, refusalB(details)]);
  });

  it.each(["/v1/pass2/run", "/v1/pass2/batch", "/v1/pipeline/run_chapter"])(
    "%s says what is wrong with a body",
    async (path) => {
      for (const [content, details] of [
        ["", "Body must be valid JSON"],
        ["{", "Body must be valid JSON"],
        [deep(100_000), "Body must be valid JSON"],
        ["[]", "JSON body must be an object"],
        ["null", "JSON body must be an object"],
      ]) {
        const response = await fetch(url(path), { method: "POST", body: content });
        expect([response.status, await response.json()]).toEqual([400, refusalB(details)]);
      }
    },
  );

  it("any body is refused, never a fault", async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom("data", STYLE, "dummy", "AAAA", ["AAAA"], [{}]));
    const fields = fc.dictionary(
      fc.constantFrom(
        "meta_path",
        "metadata_dir",
        "output_dir",
        "expected_pages",
        "client_id",
        "page_urls",
        "page_uploads",
        "style_reference_base64",
        "style_reference_url",
        "page_cookie_header",
        "engine",
        "options",
      ),
      value,
    );
    const path = fc.constantFrom("/v1/pass2/run", "/v1/pass2/batch", "/v1/pipeline/run_chapter");
    await fc.assert(
      fc.asyncProperty(path, fields, async (to, body) => {
        const answer = await post(to, body);
        expect([answer.status, answer.body]).toEqual([400, refusalB(expect.anything())]);
      }),
      { numRuns: 150 },
    );
  });
});

it("an upload that is no form, or names another field, is told how to send one", async () => {
  const form = new FormData();
  form.append("image", new Blob(["x"]), "1.png");
  for (const body of [form, new Blob(["not a form"], { type: "image/png" }), JSON.stringify({ file: 1 })]) {
    const response = await fetch(url("/v1/uploads"), { method: "POST", body });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      {
        code: "invalid_request",
        message: expect.stringContaining("multipart/form-data"),
        details: { field: "file" },
      },
    ]);
  }
});

it("a chapter's name with a NUL is a request that cannot be used", async () => {
  expect(await get("/v1/chapters/a%00b/pages")).toMatchObject({
    status: 400,
    body: { code: "invalid_request" },
  });
});
