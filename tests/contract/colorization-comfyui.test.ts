import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import {
  type FakeComfyui,
  type FakePrompt,
  runWell,
  startFakeComfyui,
} from "../../src/systems/colorization/engine/comfyui/testing/fake-comfyui.ts";
import { type FakeBfl, startFakeBfl } from "../../src/systems/colorization/engine/hosted/testing/fake-bfl.ts";
import { type ColorizationServer, STYLE, useColorizationServer } from "../support/colorization-server.ts";
import { balloonPage, comicPage } from "../support/drawn-comics.ts";

/** Engines from outside, through the whole server, against local servers of their protocols. */

const LIMITS = { maxBytes: 1e8, maxPixels: 1e8 };
const TIMEOUT_S = 4;
/** What an engine makes of the page: half of the size, its lines elsewhere, no balloon. */
const COLOURED: Picture = {
  width: 120,
  height: 160,
  data: Uint8Array.from({ length: 120 * 160 * 3 }, (_, at) => [40, 90, 200][at % 3]!),
};

async function pictureOf({ url }: ColorizationServer, chapter: string, what = "colorized"): Promise<Picture> {
  const response = await fetch(url(`/v1/chapters/${chapter}/pages/1/${what}?download=1`));
  expect(response.status).toBe(200);
  return decodePicture(new Uint8Array(await response.arrayBuffer()), LIMITS);
}

const light = ({ data }: Picture, pixel: number) =>
  0.2126 * data[3 * pixel]! + 0.7152 * data[3 * pixel + 1]! + 0.0722 * data[3 * pixel + 2]!;

/** Colours came, and size, lines and balloons stayed. */
async function expectKept(server: ColorizationServer, chapter: string): Promise<void> {
  const [page, result] = [balloonPage(), await pictureOf(server, chapter)];
  const mask = await pictureOf(server, chapter, "mask");
  expect([result.width, result.height]).toEqual([page.width, page.height]);
  let [coloured, inMask] = [0, 0];
  for (let pixel = 0; pixel < page.width * page.height; pixel++) {
    const [r, g, b] = result.data.subarray(3 * pixel, 3 * pixel + 3);
    if (mask.data[3 * pixel]! > 127) {
      inMask++;
      expect([r, g, b]).toEqual([...page.data.subarray(3 * pixel, 3 * pixel + 3)]);
    } else if (b! - r! > 12) coloured++;
    // dark lines are where they were
    if (light(page, pixel) < 30) expect(light(result, pixel)).toBeLessThan(60);
  }
  expect(inMask).toBeGreaterThan(100);
  expect(coloured).toBeGreaterThan(0.2 * page.width * page.height);
}

const runmetaOf = async ({ get }: ColorizationServer, chapter: string, page = 1) =>
  (await get(`/v1/chapters/${chapter}/pages/${page}/runmeta/pass2?download=1`)).body;

describe("ComfyUI", () => {
  let comfyui: FakeComfyui;
  let behave: (prompt: FakePrompt) => void | Promise<void>;
  let intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  const server = useColorizationServer(async () => {
    comfyui = await startFakeComfyui({
      run: (prompt) => behave(prompt),
      intercept: (request, response) => intercept(request, response),
      picture: await encodePng(COLOURED),
    });
    return { QUATRAIN_COMFYUI_URL: comfyui.url, QUATRAIN_COMFYUI_TIMEOUT: String(TIMEOUT_S) };
  });
  const { ended, post, put, run, submit, url } = server;
  const flux = { engine: "flux", input_dir: "data/balloon.png" };

  beforeEach(async () => {
    await put("data/balloon.png", await encodePng(balloonPage()));
    behave = runWell;
    intercept = () => false;
  });
  afterAll(() => comfyui.close());

  it("colours each page by the shipped workflow; size, lines and balloons stay, nothing is said of a fallback", async () => {
    for (const page of [1, 2]) await put(`data/two/${page}.png`, await encodePng(balloonPage()));
    const options = { strength: 0.5, prompt: "a quiet street" };
    const job = await run({ ...flux, chapter_id: "well", input_dir: "data/two", options });
    expect(job).toMatchObject({ status: "completed", progress: { pass2_done: 2 }, failed_pages: [] });
    await expectKept(server, "well");
    for (const page of [1, 2]) {
      const runmeta = await runmetaOf(server, "well", page);
      expect(runmeta).toMatchObject({
        engine: "flux",
        status: "completed",
        strength: 0.5,
        text_preservation_applied: true,
      });
      expect(runmeta).not.toHaveProperty("engine_fallback");
    }
    const [first, second] = comfyui.prompts.slice(-2).map(({ graph }) => Object.values(graph));
    const inputs = (graph: typeof first, name: string) => graph?.flatMap(({ inputs: of }) => of[name] ?? []);
    expect(inputs(first, "text")).toEqual([expect.stringContaining("a quiet street")]);
    expect([inputs(first, "noise_seed"), inputs(second, "noise_seed")]).not.toContainEqual([undefined]);
    expect(inputs(first, "noise_seed")).not.toEqual(inputs(second, "noise_seed"));
    const [sent] = inputs(first, "image")!.filter((image) => typeof image === "string");
    const uploaded = await decodePicture(comfyui.uploads.get(String(sent))!, LIMITS);
    expect([uploaded.width, uploaded.height]).toEqual([240, 320]);
    expect(comfyui.origins.every((origin) => origin === undefined)).toBe(true);
  });

  it("that refuses a page's graph fails that page with the nodes' own words; the other page is coloured", async () => {
    let refusals = 0;
    intercept = (request, response) => {
      if (request.url !== "/prompt" || refusals++ > 0) return false;
      request.resume();
      const errors = [
        { type: "value_not_in_list", message: "Value not in list", details: "unet_name: flux2" },
      ];
      const refusal = {
        error: {
          type: "prompt_outputs_failed_validation",
          message: "Prompt outputs failed validation",
          details: "",
        },
        node_errors: { "10": { errors, class_type: "UNETLoader", dependent_outputs: [] } },
      };
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(refusal));
      return true;
    };
    const job = await run({ ...flux, chapter_id: "refused", input_dir: "data/two" });
    expect(job).toMatchObject({
      status: "completed",
      progress: { pass2_done: 1 },
      failed_pages: [
        {
          page_num: 1,
          error: expect.stringContaining("node 10 (UNETLoader): Value not in list: unet_name: flux2"),
        },
      ],
    });
    expect(await runmetaOf(server, "refused")).toMatchObject({
      status: "failed",
      engine: "flux",
      output_image: null,
    });
  });

  it("that stalls is given up in time, and what it was asked is taken back", async () => {
    behave = (prompt) => prompt.tell("execution_start");
    const interrupts = comfyui.interrupted.length;
    const job = await run({ ...flux, chapter_id: "stalled" });
    expect(job).toMatchObject({
      status: "failed",
      failed_pages: [
        { error: expect.stringContaining(`did not colour the page within ${TIMEOUT_S} seconds`) },
      ],
    });
    expect(comfyui.interrupted.length).toBe(interrupts + 1);
  });

  it("that dies midway and comes back is asked again", async () => {
    let deaths = 0;
    behave = (prompt) => {
      if (deaths++ > 0) return runWell(prompt);
      prompt.tell("executing", { node: "20" });
      comfyui.restart();
    };
    expect(await run({ ...flux, chapter_id: "back" })).toMatchObject({
      status: "completed",
      failed_pages: [],
    });
    expect(deaths).toBe(2);
    await expectKept(server, "back");
  });

  it("that dies for good fails the page, after it was tried again", async () => {
    intercept = (request) => {
      request.socket.destroy();
      return true;
    };
    expect(await run({ ...flux, chapter_id: "dead" })).toMatchObject({
      status: "failed",
      failed_pages: [{ error: expect.stringContaining("Start it, or check QUATRAIN_COMFYUI_URL") }],
    });
  });

  it("that fails is stood in for by the embedded engine where that is allowed; a client that waits is told", async () => {
    intercept = (request, response) => {
      if (request.url !== "/prompt") return false;
      request.resume();
      response
        .writeHead(400, { "content-type": "application/json" })
        .end('{"error": "no", "node_errors": []}');
      return true;
    };
    const done = await run({ ...flux, chapter_id: "fallback", options: { fallback: "embedded" } });
    expect(done).toMatchObject({ status: "completed", failed_pages: [] });
    const runmeta = await runmetaOf(server, "fallback");
    expect(runmeta).toMatchObject({
      engine: "embedded",
      status: "completed",
      engine_fallback: "flux",
      engine_fallback_reason: expect.stringContaining("refused /prompt with 400: no"),
    });
    const wish = { meta_path: runmeta.meta_source, output_dir: "b" };
    const alone = await post("/v1/pass2/run", wish);
    expect([alone.status, alone.body]).toEqual([
      503,
      {
        status: "error",
        message: expect.stringContaining("refused /prompt"),
        timestamp_utc: expect.any(String),
      },
    ]);
    const instead = await post("/v1/pass2/run", { ...wish, options: { fallback: "embedded" } });
    expect(instead).toMatchObject({ status: 200, body: { status: "ok", engine: "embedded" } });
  });

  it("that hands out no picture, or fails within a node, fails the page in its words", async () => {
    behave = (prompt) => {
      const error = {
        exception_message: "CUDA out of memory",
        exception_type: "OutOfMemoryError",
        node_id: "20",
        node_type: "SamplerCustomAdvanced",
      };
      prompt.tell("execution_error", error);
      prompt.finish({ outputs: {}, status: { status_str: "error", messages: [["execution_error", error]] } });
    };
    const job = await run({ ...flux, chapter_id: "memory" });
    expect(job.failed_pages).toMatchObject([
      { error: expect.stringContaining("node 20 (SamplerCustomAdvanced): CUDA out of memory") },
    ]);
    behave = runWell;
    intercept = (request, response) => {
      if (!request.url?.startsWith("/view")) return false;
      response.end("<html>");
      return true;
    };
    const html = await run({ ...flux, chapter_id: "html" });
    expect(html.failed_pages).toMatchObject([
      { error: expect.stringContaining("no PNG, JPEG or WebP file") },
    ]);
  });

  it("is interrupted where the job is cancelled", async () => {
    const asked = Promise.withResolvers<void>();
    behave = (prompt) => {
      prompt.tell("execution_start");
      asked.resolve();
    };
    const interrupts = comfyui.interrupted.length;
    const { body } = await submit({ ...flux, chapter_id: "cancelled" });
    await asked.promise;
    await fetch(url(`/v1/jobs/${body.job_id}/cancel`), { method: "POST" });
    expect(await ended(body.job_id)).toMatchObject({ status: "cancelled", progress: { pass2_done: 0 } });
    await expect.poll(() => comfyui.interrupted.length).toBe(interrupts + 1);
    const id = comfyui.prompts.at(-1)?.id;
    expect([comfyui.interrupted.at(-1), comfyui.dequeued.at(-1)]).toEqual([
      { prompt_id: id },
      { delete: [id] },
    ]);
  });

  it("is told of no hints, and the runmeta says so", async () => {
    const hints = [{ page_num: 1, x: 5, y: 5, colour: "#ff0000" }];
    expect(await run({ ...flux, chapter_id: "hints", hints })).toMatchObject({ status: "completed" });
    expect(await runmetaOf(server, "hints")).toMatchObject({ engine: "flux", hints_ignored: 1 });
  });
});

describe("no engine from outside", () => {
  const server = useColorizationServer();

  it("every page is done by the embedded one, and says so, in both dialects", async () => {
    for (const page of [1, 2]) await server.put(`data/two/${page}.png`, await encodePng(balloonPage()));
    await server.run({ engine: undefined, chapter_id: "a", input_dir: "data/two" });
    const fallback = {
      engine: "embedded",
      engine_fallback: "flux",
      engine_fallback_reason: expect.stringContaining("QUATRAIN_COMFYUI_URL"),
    };
    for (const page of [1, 2]) expect(await runmetaOf(server, "a", page)).toMatchObject(fallback);
    const base64 = async (picture: Picture) => Buffer.from(await encodePng(picture)).toString("base64");
    const { body } = await server.post("/v1/pipeline/run_chapter", {
      chapter_id: "b",
      style_reference_base64: await base64(comicPage()),
      page_uploads: [{ content_base64: await base64(balloonPage()) }],
    });
    expect(body).toMatchObject({ status: "ok", engine: "embedded", count: 1 });
    expect(await runmetaOf(server, "b")).toMatchObject(fallback);
    await server.run({ engine: "embedded", chapter_id: "asked" });
    expect(await runmetaOf(server, "asked")).not.toHaveProperty("engine_fallback");
  });

  it("a dummy says that nothing was coloured", async () => {
    await server.run({ engine: "dummy", chapter_id: "dummy" });
    expect(await runmetaOf(server, "dummy")).toMatchObject({ engine: "dummy", status: "not_coloured" });
  });
});

describe("Black Forest Labs", () => {
  let hosted: FakeBfl;
  const server = useColorizationServer(async () => {
    hosted = await startFakeBfl(await encodePng(COLOURED));
    return { QUATRAIN_BFL_KEY: "bfl-key", QUATRAIN_BFL_URL: hosted.url };
  });
  const flux = { engine: "flux", input_dir: "data/balloon.png" };

  beforeEach(async () => {
    await server.put("data/balloon.png", await encodePng(balloonPage()));
    hosted.answers = [];
    hosted.submit = undefined;
    hosted.view = undefined;
  });
  afterAll(() => hosted.close());

  it("colours a page that is submitted, asked after and downloaded; size, lines and balloons stay", async () => {
    const ready = { status: "Ready", result: { sample: `${hosted.url}/delivery/1.png` } };
    hosted.answers = [{ status: "Pending" }, ready];
    expect(await server.run({ ...flux, chapter_id: "well" })).toMatchObject({ status: "completed" });
    await expectKept(server, "well");
    const runmeta = await runmetaOf(server, "well");
    expect(runmeta).toMatchObject({ engine: "flux-2-pro", status: "completed" });
    expect(runmeta).not.toHaveProperty("engine_fallback");
    expect(hosted.submitted[0]).toMatchObject({ seed: runmeta.seed, output_format: "png" });
    expect(new Set(hosted.keys.slice(0, 3))).toEqual(new Set(["bfl-key"]));
    expect(hosted.keys.at(-1)).toBe(undefined); // what lies where it was put needs no key
  });

  it.each([
    ["moderates the page", [{ status: "Request Moderated" }], /refused the page/],
    ["fails", [{ status: "Error", details: "no luck" }], /could not colour the page \(Error\): no luck/],
    ["says that it lies within the own network", [inside("http://127.0.0.1:1/a.png")], /not be downloaded/],
  ])("that %s fails the page, in words", async (_, answers, words) => {
    hosted.answers = answers;
    const job = await server.run({ ...flux, chapter_id: "bad" });
    expect(job).toMatchObject({ status: "failed", failed_pages: [{ error: expect.stringMatching(words) }] });
  });

  it("that wants another key fails the page, or another engine does it, where that is allowed", async () => {
    hosted.submit = (response) => void response.writeHead(401).end('{"detail": "no"}');
    const job = await server.run({ ...flux, chapter_id: "refused" });
    expect(job.failed_pages).toMatchObject([{ error: expect.stringContaining("Check the API key") }]);
    await server.run({ ...flux, chapter_id: "instead", options: { fallback: "embedded" } });
    expect(await runmetaOf(server, "instead")).toMatchObject({ engine: "embedded", engine_fallback: "flux" });
  });

  it("is given up where the job is cancelled", async () => {
    hosted.answers = [{ status: "Pending" }];
    const { body } = await server.submit({ ...flux, style_reference: STYLE });
    const before = hosted.paths.length;
    await expect.poll(() => hosted.paths.length).toBeGreaterThan(before);
    await fetch(server.url(`/v1/jobs/${body.job_id}/cancel`), { method: "POST" });
    expect(await server.ended(body.job_id)).toMatchObject({ status: "cancelled" });
  });
});

function inside(sample: string) {
  return { status: "Ready", result: { sample } };
}
