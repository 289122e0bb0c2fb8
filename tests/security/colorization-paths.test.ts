import { execFileSync } from "node:child_process";
import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { STYLE, useColorizationServer } from "../support/colorization-server.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";

/** Paths that lead out of the roots, by their names and by links; places that cannot be read or written. */

const server = useColorizationServer();
const { ended, get, post, put, root, run, submit } = server;
let outside: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "quatrain-outside-"));
  const page = await encodePng(grayPage(comicPage(100, 130)));
  await writeFile(join(outside, "secret.png"), page);
  await put("data/pages/1.png", page);
  await symlink(join(outside, "secret.png"), join(root(), "data", "pages", "2.png"));
  await symlink(join(root(), "data", "pages", "1.png"), join(root(), "data", "pages", "3.png"));
  await symlink(outside, join(root(), "data", "way-out"));
  await symlink(dirname(root()), join(root(), "data", "way-up"));
  await symlink("/", join(root(), "data", "way-to-all"));
  await symlink(join(outside, "not-yet"), join(root(), "data", "dangling"));
  await symlink("circle", join(root(), "data", "circle"));
  execFileSync("sh", ["-c", `mkfifo "${join(root(), "data", "pipe.png")}"`]);
});
afterAll(() => rm(outside, { recursive: true, force: true }));
afterEach(() => expect(server.server().stderr()).not.toMatch(/"level":50/));

const PLACES = [
  "/etc/passwd",
  "../../../../etc/passwd",
  "data/../../../etc",
  "data/way-out/secret.png",
  "data/way-out",
  "data/way-up",
  "data/way-to-all",
  "data/way-to-all/etc/hostname",
  "data/dangling",
  "data/dangling/1.png",
  "data/circle",
  "a\0b",
  "x".repeat(5_000),
];

describe("dialect A", () => {
  it.each(["input_dir", "style_reference", "metadata_output", "pass2_output", "masks_output"])(
    "refuses every way out in %s at once, and names the field",
    async (field) => {
      for (const place of PLACES) {
        const { status, body } = await submit({ [field]: place });
        const isLong = place.length > 4_096 && field !== "style_reference";
        expect([place.slice(0, 40), status, body]).toMatchObject([
          place.slice(0, 40),
          400,
          { code: isLong ? "invalid_request" : "path_not_allowed", details: { field } },
        ]);
        expect(body.trace_id).toMatch(/^[0-9a-f]{12}$/);
      }
    },
  );

  it("refuses them among further references", async () => {
    const { status, body } = await submit({ style_references: [STYLE, "data/way-out/secret.png"] });
    expect([status, body]).toMatchObject([
      400,
      { code: "path_not_allowed", details: { field: "style_references" } },
    ]);
  });

  it("a link out of a folder of pages fails that page only; one within the roots is a page", async () => {
    const job = await run({ chapter_id: "links", input_dir: "data/pages" });
    expect(job).toMatchObject({
      status: "completed",
      progress: { total_pages: 3, pass2_done: 2 },
      failed_pages: [
        { page_num: 2, source: "2.png", error: expect.stringMatching(/2\.png is no path below a data root/) },
      ],
    });
  });

  it("a pipe is waited for by nobody", async () => {
    expect(await run({ input_dir: "data/pipe.png" })).toMatchObject({
      status: "failed",
      error: expect.stringContaining("pipe.png is no file"),
    });
    expect(await run({ style_reference: "data/pipe.png" })).toMatchObject({ status: "failed" });
  });

  it.each([
    ["a file", "data/page.png", /a file of that name is in the way/],
    ["below a file", "data/page.png/below", /a file of that name is in the way/],
    ["too long a name", `data/${"n".repeat(300)}`, /its name is too long/],
  ])("an output folder that is %s fails the job in words", async (_, folder, words) => {
    for (const field of ["pass2_output", "metadata_output", "masks_output"])
      expect(await run({ [field]: folder })).toMatchObject({
        status: "failed",
        error: expect.stringMatching(words),
      });
  });

  it("a link in the place of an output is replaced, never written through", async () => {
    const victim = join(outside, "victim");
    await writeFile(victim, "untouched");
    await mkdir(join(root(), "data", "out"), { recursive: true });
    for (const name of ["page_001_colorized.png", "batch_summary.json", "page_001.meta.json"])
      await symlink(victim, join(root(), "data", "out", name));
    const job = await run({
      pass2_output: "data/out",
      metadata_output: "data/out",
      masks_output: "data/out",
    });
    expect(job).toMatchObject({ status: "completed" });
    expect(await readFile(victim, "utf8")).toBe("untouched");
    for (const name of [
      "page_001_colorized.png",
      "batch_summary.json",
      "page_001.meta.json",
      "page_001_text.png",
    ])
      expect((await lstat(join(root(), "data", "out", name))).isFile()).toBe(true);
  });

  it("chapters and jobs are no paths", async () => {
    for (const chapter of ["..", ".", "a/b", "a\\b", "", " ", "\u0000", 5, [], "x".repeat(201)])
      expect([chapter, (await submit({ chapter_id: chapter })).body.code]).toEqual([
        chapter,
        "invalid_request",
      ]);
    for (const path of ["/v1/jobs/..%2f..%2fetc", "/v1/jobs/%2e%2e", "/v1/jobs/job_x%00", "/v1/jobs/%ff"]) {
      const { status, body } = await get(path);
      expect([path, status < 500, status >= 400]).toEqual([path, true, true]);
      expect(body).toMatchObject({ code: expect.any(String), trace_id: expect.any(String) });
    }
    for (const path of [
      "/v1/chapters/..%2f..%2fetc/pages",
      "/v1/chapters/%2e%2e%2f/pages/1/colorized?download=1",
    ])
      expect([path, (await get(path)).status < 500]).toEqual([path, true]);
    for (const id of ["..", "..%2f..", "upl_", "jobs", "%00"]) {
      const response = await fetch(server.url(`/v1/uploads/${id}`), { method: "DELETE" });
      expect([id, response.status >= 400 && response.status < 500]).toEqual([id, true]);
    }
  });
});

describe("dialect B", () => {
  const refusal = (field: string) => ({
    status: "error",
    message: expect.stringContaining(field),
    timestamp_utc: expect.any(String),
    details: expect.objectContaining({ field }),
  });

  it.each([
    ["/v1/pass2/run", "meta_path"],
    ["/v1/pass2/batch", "metadata_dir"],
  ])("%s refuses every way out in %s", async (path, field) => {
    for (const place of PLACES.filter((name) => name.length < 4_096)) {
      const { status, body } = await post(path, { [field]: place });
      expect([place, status, body]).toEqual([place, 400, refusal(field)]);
    }
  });

  it("refuses outputs and metadata that lead out, and says so", async () => {
    const job = await ended((await submit({ chapter_id: "b", metadata_output: "meta" })).body.job_id);
    expect(job.status).toBe("completed");
    const path = "meta/page_001.meta.json";
    const metadata = JSON.parse(await readFile(join(root(), path), "utf8"));
    const good = await post("/v1/pass2/run", { meta_path: path, output_dir: "b-out", engine: "embedded" });
    expect(good).toMatchObject({ status: 200, body: { status: "ok", engine: "embedded" } });
    expect((await post("/v1/pass2/run", { meta_path: path, output_dir: "data/way-out" })).body).toEqual(
      refusal("output_dir"),
    );
    expect(await post("/v1/pass2/run", { meta_path: path, output_dir: "data/page.png" })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("a file of that name is in the way") },
    });
    for (const field of ["page_image", "style_reference", "text_mask"]) {
      await put(
        "bad/page_001.meta.json",
        JSON.stringify({ ...metadata, [field]: "data/way-out/secret.png" }),
      );
      const answer = await post("/v1/pass2/run", { meta_path: "bad/page_001.meta.json" });
      expect([field, answer.status, answer.body]).toEqual([field, 400, refusal(field)]);
    }
  });

  it("lays no chapter out where that leads out", async () => {
    const { status, body } = await post("/v1/pipeline/run_chapter", {
      style_reference_base64: "AAAA",
      page_uploads: [{ content_base64: "AAAA" }],
      output_root: "data/way-out",
    });
    expect([status, body]).toEqual([400, refusal("output_root")]);
  });
});
