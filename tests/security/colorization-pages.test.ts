import { afterEach, describe, expect, it } from "vitest";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { useColorizationServer } from "../support/colorization-server.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { animatedPng, animation, cmykJpeg, deepPng, jpeg } from "../support/odd-pictures.ts";

/** Pages that are none, or unlike what was expected: each fails alone and says why, or is coloured as it is. */

const { get, post, put, run, server, upload } = useColorizationServer();
const PAGE = grayPage(comicPage(120, 160));
const LIMITS = { maxBytes: 1e8, maxPixels: 1e8 };

afterEach(() => expect(server().stderr()).not.toMatch(/"level":50/));

/** Name, content, and what is said of it; null where it is coloured. */
async function oddPages(): Promise<[string, Uint8Array, RegExp | null][]> {
  const png = await encodePng(PAGE);
  const jpg = await jpeg(PAGE);
  return [
    ["a text", Buffer.from("not a picture"), /cannot be decoded/],
    ["nothing", Buffer.alloc(0), /empty/],
    ["a web page", Buffer.from("<!doctype html><html></html>"), /cannot be decoded/],
    ["a drawing in SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /cannot be decoded/],
    ["an animated gif", await animation("gif", PAGE), /2 pictures/],
    ["an animated webp", await animation("webp", PAGE), /2 pictures/],
    ["an animated png", await animatedPng(PAGE), /2 pictures/],
    ["a truncated png", png.subarray(0, png.length / 2), /damaged or incomplete/],
    ["a truncated jpeg", jpg.subarray(0, jpg.length / 2), /damaged or incomplete/],
    ["the start of a png", png.subarray(0, 20), /damaged or incomplete/],
    ["one of a single pixel", await encodePng(plain(1, 1)), null],
    ["one of a single row", await encodePng(plain(200, 1)), null],
    ["one of CMYK", await cmykJpeg(PAGE), null],
    ["one of 16 bits", await deepPng(PAGE), null],
    ["a good one", png, null],
  ];
}

const plain = (width: number, height: number): Picture => ({
  width,
  height,
  data: new Uint8Array(3 * width * height).fill(255),
});

/** Refused pages with their reasons, by number. */
const reasonsOf = (failed: readonly { page_num: number; error: string }[]) =>
  new Map(failed.map(({ page_num: page, error }) => [page, error]));

describe("a chapter with pages of every kind", () => {
  it("colours the good ones and says of each other one why not", async () => {
    const pages = await oddPages();
    for (const [index, [, bytes]] of pages.entries()) await put(`data/odd/${index + 1}.png`, bytes);
    const job = await run({ chapter_id: "odd", input_dir: "data/odd" });
    const bad = pages.filter(([, , reason]) => reason !== null).length;
    expect(job).toMatchObject({
      status: "completed",
      progress: { total_pages: pages.length, pass2_done: pages.length - bad },
    });
    const reasons = reasonsOf(job.failed_pages);
    for (const [index, [name, , reason]] of pages.entries()) {
      const page = index + 1;
      if (reason === null) expect([name, reasons.get(page)]).toEqual([name, undefined]);
      else expect([name, reasons.get(page)]).toEqual([name, expect.stringMatching(reason)]);
      const { body: runmeta } = await get(`/v1/chapters/odd/pages/${page}/runmeta/pass2?download=1`);
      expect(runmeta).toMatchObject(
        reason === null
          ? { page_num: page, status: expect.stringMatching(/completed|skipped/) }
          : { page_num: page, status: "failed", error: expect.stringMatching(reason), output_image: null },
      );
    }
    const { body: locator } = await get("/v1/chapters/odd/pages/1/colorized");
    expect(locator).toMatchObject({ exists: false });
  });

  it("colours a page as it does alone, whatever stands beside it", async () => {
    await put("data/alone/1.png", await encodePng(PAGE));
    await put("data/beside/1.png", "no picture");
    await put("data/beside/2.png", await encodePng(PAGE));
    const options = { seed_mode: "fixed", seed: 5 };
    await run({ chapter_id: "alone", input_dir: "data/alone", options });
    const beside = await run({ chapter_id: "beside", input_dir: "data/beside", options });
    expect(beside.failed_pages).toMatchObject([{ page_num: 1 }]);
    const bytes = async (chapter: string, page: number) =>
      (await get(`/v1/chapters/${chapter}/pages/${page}/colorized?download=1`)).body;
    expect(await bytes("beside", 2)).toBe(await bytes("alone", 1));
  });

  it("fails with the first reason where no page is good", async () => {
    await put("data/none/1.png", "no picture");
    await put("data/none/2.png", "none either");
    const job = await run({ chapter_id: "none", input_dir: "data/none" });
    expect(job).toMatchObject({
      status: "failed",
      error: expect.stringMatching(/^No page could be done: the picture cannot be decoded/),
      failed_pages: [{ page_num: 1 }, { page_num: 2 }],
    });
  });

  it("finds nothing to do in a folder without pictures", async () => {
    await put("data/texts/readme.txt", "none");
    const job = await run({ input_dir: "data/texts" });
    expect(job).toMatchObject({
      status: "failed",
      error: expect.stringContaining("no picture in data/texts"),
    });
  });
});

it("a strip of 30,000 pixels is coloured at its own size", async () => {
  const strip = plain(24, 30_000);
  for (let top = 100; top < 30_000; top += 500)
    for (let y = top; y < top + 200; y++)
      strip.data.fill(y % 20 < 2 ? 0 : 170, 3 * 24 * y + 12, 3 * 24 * y + 54);
  await put("data/strip.png", await encodePng(strip));
  expect(await run({ chapter_id: "strip", input_mode: "single", input_dir: "data/strip.png" })).toMatchObject(
    {
      status: "completed",
      failed_pages: [],
    },
  );
  const response = await fetch(`${server().url}/v1/chapters/strip/pages/1/colorized?download=1`);
  const { width, height } = await decodePicture(new Uint8Array(await response.arrayBuffer()), LIMITS);
  expect([width, height]).toEqual([24, 30_000]);
});

describe("a reference that", () => {
  it.each([
    ["has no colour", async () => encodePng(PAGE), /no colour to give/],
    ["is no picture", async () => Buffer.from("none"), /style_reference data\/bad.png: .*cannot be decoded/],
    ["is animated", async () => animation("gif", PAGE), /style_reference data\/bad.png: .*2 pictures/],
    ["is damaged", async () => (await encodePng(comicPage())).subarray(0, 900), /damaged or incomplete/],
    ["is one white pixel", async () => encodePng(plain(1, 1)), /no colour to give/],
  ])("%s fails the job, in words", async (_, content, reason) => {
    await put("data/bad.png", await content());
    const job = await run({ style_reference: "data/bad.png" });
    expect(job).toMatchObject({ status: "failed", error: expect.stringMatching(reason) });
  });
});

describe("uploads", () => {
  it("give every picture its number and say of those that cannot be read, and of everything else, why not", async () => {
    const pages = await oddPages();
    const files = pages.map(([name, bytes]) => [`${name}.png`, bytes] as const);
    const { status, body } = await upload([["notes.txt", Buffer.from("none")], ...files]);
    expect(status).toBe(201);
    expect(body.files.map(({ name }: { name: string }) => name)).toEqual(files.map(([name]) => name));
    for (const [index, [, , reason]] of pages.entries())
      if (reason !== null && !/damaged/.test(reason.source))
        expect(body.files[index]).toMatchObject({ width: 0, error: expect.stringMatching(reason) });
    expect(body.skipped).toEqual([expect.stringMatching(/^notes.txt: .*cannot be decoded/)]);
  });

  it("of nothing usable are refused, and nothing of them stays", async () => {
    const { status, body } = await upload([
      ["a.png", Buffer.from("none")],
      ["b.gif", await animation("gif", PAGE)],
    ]);
    expect([status, body]).toMatchObject([
      400,
      { code: "no_pages", message: expect.stringContaining("a.png") },
    ]);
  });
});

describe("the extension's dialect", () => {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const chapter = async (uploads: readonly Uint8Array[], style?: Uint8Array) =>
    post("/v1/pipeline/run_chapter", {
      chapter_id: "odd",
      style_reference_base64: base64(style ?? (await encodePng(comicPage()))),
      page_uploads: uploads.map((bytes, index) => ({
        filename: `${index + 1}.png`,
        content_base64: base64(bytes),
      })),
      output_root: "out",
    });

  it("colours the good pages of a chapter and names the others", async () => {
    const pages = (await oddPages()).filter(([, bytes]) => bytes.length > 0);
    const { status, body } = await chapter(pages.map(([, bytes]) => bytes));
    expect(status).toBe(200);
    const reasons = reasonsOf(body.failed_pages);
    const numbers = (isBad: boolean) =>
      pages.flatMap(([, , reason], index) => ((reason !== null) === isBad ? [index + 1] : []));
    expect([...reasons.keys()]).toEqual(numbers(true));
    expect(body.results.map(({ page_num: page }: { page_num: number }) => page)).toEqual(numbers(false));
    for (const [page, error] of reasons) expect(error).toMatch(pages[page - 1]![2]!);
  });

  it.each([
    ["no page of a chapter is good", [Buffer.from("none")], undefined, /No page could be done/],
    [
      "the reference is no picture",
      [Buffer.from("none")],
      Buffer.from("none"),
      /style reference .*cannot be decoded/,
    ],
  ])("says so where %s", async (_, uploads, style, reason) => {
    const { status, body } = await chapter(uploads, style);
    expect(status).toBe(400);
    expect(body).toEqual({
      status: "error",
      message: "Bad request",
      timestamp_utc: expect.any(String),
      details: expect.stringMatching(reason),
    });
  });

  it("says so where the reference has no colour", async () => {
    const { status, body } = await chapter([await encodePng(PAGE)], await encodePng(PAGE));
    expect([status, body]).toMatchObject([
      400,
      { status: "error", details: expect.stringContaining("no colour") },
    ]);
  });
});
