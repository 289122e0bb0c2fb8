import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { STYLE, useColorizationServer } from "../support/colorization-server.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";

/** Second passes over what a first pass has left: alone, again, and in the extension's dialect. */

const server = useColorizationServer();
const { ended, get, post, put, root, run } = server;
const METADATA = "given/page_001.meta.json";

const parsed = async (name: string) => JSON.parse(await readFile(join(root(), name), "utf8"));

/** Lays the metadata of a page out, as a first pass without a reference does. */
async function firstPass(): Promise<void> {
  const wish = { chapter_id: "first", metadata_output: "given", style_reference: undefined };
  expect(await run(wish, "pass1")).toMatchObject({ status: "completed" });
}

describe("a page of a second pass that is done again", () => {
  it("leaves the metadata as they are, and keeps the mask that they name", async () => {
    await firstPass();
    const white = { width: 240, height: 320, data: new Uint8Array(240 * 320 * 3).fill(255) };
    await put("masks/all.png", await encodePng(white));
    const metadata = {
      ...(await parsed(METADATA)),
      text_mask: "masks/all.png",
      page_prompt: "as I wrote it",
    };
    await put(METADATA, JSON.stringify(metadata));
    const job = await run({ chapter_id: "second", input_dir: undefined, metadata_output: "given" }, "pass2");
    expect(job).toMatchObject({ status: "completed", failed_pages: [] });
    const again = await post(`/v1/jobs/${job.job_id}/pages/1/rerun`, {});
    expect([again.status, (await ended(again.body.job_id)).status]).toEqual([202, "completed"]);
    expect(await parsed(METADATA)).toEqual(metadata);
    const shown = await fetch(server.url("/v1/chapters/second/pages/1/colorized?download=1"));
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from(await encodePng(grayPage())));
  });
});

describe("dialect B", () => {
  it("says that metadata of a first pass without a reference name none", async () => {
    await firstPass();
    const answer = await post("/v1/pass2/run", { meta_path: METADATA, engine: "embedded" });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { details: "The metadata names no style_reference: its first pass was made without one" },
    ]);
  });

  it("colours coloured pages too where it is told to, and refuses options that it cannot read", async () => {
    const coloured = Buffer.from(await encodePng(comicPage())).toString("base64");
    const wish = (options: object) => ({
      style_reference_base64: coloured,
      page_uploads: [{ filename: "page.png", content_base64: coloured }],
      engine: "embedded",
      options,
    });
    const kept = Buffer.from(coloured, "base64");
    for (const [options, isKept] of [
      [{}, true],
      [{ skip_colored: false }, false],
    ] as const) {
      const { status, body } = await post("/v1/pipeline/run_chapter", wish(options));
      expect([status, body]).toMatchObject([200, { count: 1 }]);
      expect([options, (await readFile(body.results[0].pass2_image)).equals(kept)]).toEqual([
        options,
        isKept,
      ]);
    }
    for (const [options, details] of [
      [{ skip_colored: "no" }, "'options.skip_colored' must be true or false"],
      [{ fallback: "dummy" }, "'options.fallback' must be embedded"],
    ] as const)
      expect(await post("/v1/pipeline/run_chapter", wish(options))).toMatchObject({
        status: 400,
        body: { details },
      });
  });
});

describe("chapters of one name of two mangas", () => {
  it("have pages and colours of their own, also those of a job of dialect A of that name", async () => {
    const base64 = async (picture = grayPage()) => Buffer.from(await encodePng(picture)).toString("base64");
    const wish = {
      chapter_id: "ch_1",
      style_reference_base64: await base64(comicPage()),
      page_uploads: [{ content_base64: await base64() }, { content_base64: await base64() }],
      engine: "embedded",
    };
    const one = await post("/v1/pipeline/run_chapter", { ...wish, manga_id: "鬼滅の刃" });
    const other = await post("/v1/pipeline/run_chapter", {
      ...wish,
      manga_id: "進撃の巨人",
      page_uploads: wish.page_uploads.slice(1),
    });
    expect([one.body.count, other.body.count, other.body.chapter_id]).toEqual([2, 1, "ch_1"]);
    await run({ chapter_id: "ch_1", input_dir: "data/page.png" });
    const path = (chapter: string, rest: string) => `/v1/chapters/${encodeURIComponent(chapter)}/${rest}`;
    const pagesOf = async (chapter: string) => (await get(path(chapter, "pages"))).body.pages;
    expect([await pagesOf("鬼滅の刃:ch_1"), await pagesOf("進撃の巨人:ch_1"), await pagesOf("ch_1")]).toEqual(
      [[1, 2], [1], [1]],
    );
    const seeds = ["鬼滅の刃:ch_1", "ch_1"].map(async (chapter) => {
      const { body } = await get(path(chapter, "pages/1/runmeta/pass2?download=1"));
      return [body.seed, body.options.chapter_id];
    });
    const [ofOne, ofPlain] = await Promise.all(seeds);
    expect(ofOne).toEqual(ofPlain);

    const coat = {
      characters: [{ name: "Aya", colours: [{ label: "coat", instead: "#2a5ab4", colour: "#a0283c" }] }],
    };
    await fetch(server.url(path("鬼滅の刃:ch_1", "palette")), {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(coat),
    });
    expect((await get(path("鬼滅の刃:ch_1", "palette"))).body.characters).toHaveLength(1);
    expect((await get(path("進撃の巨人:ch_1", "palette"))).body.characters).toEqual([]);
    const { jobs } = (await get(`/v1/jobs?chapter_id=${encodeURIComponent("鬼滅の刃:ch_1")}`)).body;
    const again = await post(`/v1/jobs/${jobs[0].job_id}/pages/2/rerun`, {});
    expect(await ended(again.body.job_id)).toMatchObject({
      status: "completed",
      chapter_id: "鬼滅の刃:ch_1",
    });
    const removed = await fetch(server.url(`/v1/chapters/${encodeURIComponent("鬼滅の刃:ch_1")}`), {
      method: "DELETE",
    });
    expect(removed.status).toBe(200);
    expect([await pagesOf("鬼滅の刃:ch_1"), await pagesOf("進撃の巨人:ch_1")]).toEqual([[], [1]]);
  });
});

describe("outputs", () => {
  it("are refused where the server keeps its own files, also through a link; a second pass may read there", async () => {
    await firstPass();
    const { job_id: id } = await run({ chapter_id: "kept" });
    const finished = join(root(), "jobs", id, "pass2", "page_001_colorized.png");
    const before = await readFile(finished);
    await symlink(join(root(), "jobs"), join(root(), "data", "to-jobs"));
    for (const folder of [
      `jobs/${id}/pass2`,
      "data/to-jobs/x",
      "jobs",
      "uploads/new",
      ".incoming",
      join(root(), "jobs", "x"),
    ]) {
      for (const field of ["metadata_output", "pass2_output", "masks_output"])
        expect(await server.submit({ [field]: folder })).toMatchObject({
          status: 400,
          body: { code: "path_not_allowed", details: { field, path: folder } },
        });
      for (const [path, body] of [
        ["/v1/pass2/run", { meta_path: METADATA, output_dir: folder }],
        ["/v1/pipeline/run_chapter", { output_root: folder }],
      ] as const)
        expect(await post(path, body)).toMatchObject({
          status: 400,
          body: { message: expect.stringContaining("that the server keeps itself") },
        });
    }
    expect((await readFile(finished)).equals(before)).toBe(true);
    const reads = { chapter_id: "reads", input_dir: undefined, metadata_output: `jobs/${id}/metadata` };
    expect(await run({ ...reads, style_reference: STYLE }, "pass2")).toMatchObject({ status: "completed" });
  });
});
