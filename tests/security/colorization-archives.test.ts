import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { useColorizationServer } from "../support/colorization-server.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { type RawEntry, rawZip } from "../support/hostile-zips.ts";

/** Comics that want out of their folder, that never end, that lie: refused whole, and nothing of them stays. */

const MB = 2 ** 20;
const server = useColorizationServer({ QUATRAIN_MAX_FILE: "2MB", QUATRAIN_MAX_UPLOAD: "16MB" });
const { put, run, upload } = server;

const page = async () => new Uint8Array(await encodePng(grayPage(comicPage(100, 130))));

afterEach(() => expect(server.server().stderr()).not.toMatch(/"level":50/));

/** Everything that uploads leave. */
async function traces(): Promise<string[]> {
  const names = await readdir(join(server.root(), "uploads"), { recursive: true }).catch(() => []);
  return names.sort();
}

/** The entry after a good one: whatever was stored before it has to go again. */
const afterGood = async (...entries: RawEntry[]) =>
  rawZip([{ name: "1.png", data: await page() }, ...entries]);

async function refused(archive: Blob, status: number, code: string): Promise<void> {
  const before = await traces();
  const answer = await upload([["chapter.cbz", archive]]);
  expect([answer.status, answer.body]).toMatchObject([
    status,
    { code, message: expect.any(String), details: {}, trace_id: expect.stringMatching(/^[0-9a-f]{12}$/) },
  ]);
  expect(await traces()).toEqual(before);
}

/** The same archive below a root fails its job with the same words. */
async function failsTheJob(archive: Blob, words: RegExp): Promise<void> {
  await put("data/hostile.cbz", new Uint8Array(await archive.arrayBuffer()));
  const job = await run({ input_dir: "data/hostile.cbz" });
  expect(job).toMatchObject({ status: "failed", error: expect.stringMatching(words) });
}

describe("a comic with a name that", () => {
  it.each([
    ["goes up", "../evil.png"],
    ["goes up in Windows' way", "a\\..\\..\\evil.png"],
    ["is absolute", "/etc/cron.d/evil.png"],
    ["has a drive", "C:\\Windows\\evil.png"],
    ["is a share of Windows", "\\\\host\\share\\evil.png"],
    ["holds NUL", "evil.png\0.txt"],
    ["holds a line's end", "evil\r\nSet-Cookie: a.png"],
    ["is too deep", `${"a/".repeat(40)}evil.png`],
  ])("%s is refused", async (_, name) => {
    await refused(await afterGood({ name, data: await page() }), 400, "unsafe_path");
  });

  it("goes up fails a job that reads it from a folder", async () => {
    await failsTheJob(
      await afterGood({ name: "../evil.png", data: await page() }),
      /leads out of its folder/,
    );
  });

  it.each([
    ["a symbolic link", 0o120777],
    ["a device", 0o060644],
  ])("belongs to %s is refused", async (_, mode) => {
    const link = { name: "link.png", data: Buffer.from("/etc/passwd"), mode };
    await refused(await afterGood(link), 400, "unsafe_path");
  });
});

describe("an archive that", () => {
  it("unpacks to far more than it is, is refused", async () => {
    const bomb = { name: "bomb.png", data: new Uint8Array(60 * MB), deflated: true };
    await refused(await afterGood(bomb), 400, "archive_bomb");
    await failsTheJob(await afterGood(bomb), /would unpack to more than 200 times/);
  });

  it("lies about its sizes is refused, or its page is", async () => {
    const data = new Uint8Array(4 * MB);
    const lie = await afterGood({ name: "lie.png", data, deflated: true, claims: 1_000 });
    const answer = await upload([["chapter.cbz", lie]]);
    expect(answer).toMatchObject({
      status: 201,
      body: { pages: 2, files: [{}, { name: "lie.png", error: expect.stringMatching(/damaged/) }] },
    });
  });

  it("shares bytes among its entries is refused", async () => {
    const data = await page();
    const shared: RawEntry[] = [
      { name: "1.png", data },
      { name: "2.png", data, sharedWith: 0 },
    ];
    await refused(rawZip(shared), 400, "bad_archive");
  });

  it("has too many pages, or too many entries, is refused", async () => {
    const many = (count: number, ending: string) =>
      rawZip(
        Array.from({ length: count }, (_, index) => ({ name: `${index}.${ending}`, data: Buffer.from("x") })),
      );
    await refused(many(2_001, "png"), 413, "too_many_pages");
    await refused(many(6_001, "txt"), 413, "too_many_entries");
  });

  it("has a page that is too large is refused", async () => {
    const data = Uint8Array.from({ length: 2 * MB + 100 }, (_, at) => (at * 7919) % 251);
    await refused(await afterGood({ name: "large.png", data }), 413, "page_too_large");
    const single = await upload([["large.png", data]]);
    expect([single.status, single.body.code]).toEqual([413, "too_large"]);
  });

  it("holds no pictures, or nothing, is refused", async () => {
    await refused(new Blob([zipSync({ "a.txt": Buffer.from("a") })]), 400, "no_pages");
    await refused(new Blob([zipSync({})]), 400, "no_pages");
    await failsTheJob(new Blob([zipSync({ "a.txt": Buffer.from("a") })]), /holds no pictures/);
    const nested = new Blob([zipSync({ "1.cbz": zipSync({ "1.png": await page() }) })]);
    await failsTheJob(nested, /other archives \("1\.cbz"\), which are not unpacked/);
  });

  it("is cut off, or a rar, or none, is refused", async () => {
    const whole = new Uint8Array(await (await afterGood()).arrayBuffer());
    await refused(new Blob([whole.subarray(0, whole.length - 30)]), 400, "bad_archive");
    await refused(new Blob(["PK\x03\x04 and nothing more"]), 400, "bad_archive");
    await refused(new Blob(["Rar!\x1a\x07\x00"]), 400, "unsupported_archive");
    await failsTheJob(new Blob(["Rar!\x1a\x07\x00"]), /RAR and 7z archives/);
    await put("data/hostile.cbr", "Rar!\x1a\x07\x00");
    expect((await run({ input_dir: "data/hostile.cbr" })).error).toMatch(/RAR and 7z archives/);
    await failsTheJob(new Blob(["not an archive"]), /damaged or no ZIP file/);
  });

  it("is encrypted is refused", async () => {
    await refused(
      await afterGood({ name: "2.png", data: await page(), flags: 0x801, deflated: true }),
      400,
      "archive_encrypted",
    );
  });

  it("holds archives gives its pages and says that the others are left packed", async () => {
    const inner = zipSync({ "deep.png": await page() });
    const answer = await upload([
      ["chapter.zip", new Blob([zipSync({ "1.png": await page(), "inner.cbz": inner })])],
    ]);
    expect(answer).toMatchObject({
      status: 201,
      body: { pages: 1, skipped: [expect.stringContaining('"inner.cbz": an archive inside the archive')] },
    });
  });

  it("is damaged at one page loses that page only, and the others keep their numbers", async () => {
    const data = await page();
    const archive = rawZip([
      { name: "1.png", data, checksum: 1 },
      { name: "2.png", data },
      { name: "3.png", data: Buffer.from("none") },
      { name: "4.png", data },
    ]);
    await put("data/damaged.cbz", new Uint8Array(await archive.arrayBuffer()));
    const { body: uploaded } = await upload([["damaged.cbz", archive]]);
    expect(uploaded).toMatchObject({
      pages: 4,
      files: [
        { name: "1.png", width: 0, height: 0, error: expect.stringMatching(/damaged: its checksum/) },
        { name: "2.png", width: 100, height: 130 },
        { name: "3.png", error: expect.stringMatching(/cannot be decoded/) },
        { name: "4.png" },
      ],
      skipped: [],
    });
    for (const input of ["data/damaged.cbz", uploaded.id])
      expect(await run({ chapter_id: "damaged", input_dir: input })).toMatchObject({
        status: "completed",
        progress: { total_pages: 4, pass2_done: 2 },
        failed_pages: [
          { page_num: 1, source: "1.png", error: expect.stringMatching(/damaged: its checksum/) },
          { page_num: 3, source: "3.png", error: expect.stringMatching(/cannot be decoded/) },
        ],
      });
    const { body } = await server.get("/v1/chapters/damaged/pages/1/runmeta/pass2?download=1");
    expect(body).toMatchObject({ status: "failed", error: expect.stringMatching(/its checksum/) });
  });

  it("is larger than a picture may be is taken apart all the same", async () => {
    const text = Buffer.alloc(3 * MB, "abc\n");
    const archive = rawZip([
      { name: "1.png", data: await page() },
      { name: "ComicInfo.txt", data: text },
    ]);
    expect(await upload([["chapter.cbz", archive]])).toMatchObject({ status: 201, body: { pages: 1 } });
  });

  it("goes through whole is coloured in the order of its numbers and comes back as one", async () => {
    const names = ["page 10.png", "page 2.png", "page 1.png"];
    const data = await page();
    const { body } = await upload([
      ["c.cbz", new Blob([zipSync(Object.fromEntries(names.map((name) => [name, data])))])],
    ]);
    expect(body.files.map(({ name }: { name: string }) => name)).toEqual(names.toReversed());
    const job = await run({ chapter_id: "whole", input_dir: body.id });
    expect(job).toMatchObject({ status: "completed", progress: { pass2_done: 3 } });
    const third = await run({ chapter_id: "third", input_mode: "single", input_dir: `${body.id}/3` });
    expect(third).toMatchObject({ status: "completed", progress: { total_pages: 1 } });
    const removed = await fetch(server.url(`/v1/uploads/${body.id}`), { method: "DELETE" });
    expect([removed.status, (await traces()).some((name) => name.startsWith(body.id))]).toEqual([200, false]);
    expect(await run({ input_dir: body.id })).toMatchObject({
      status: "failed",
      error: expect.stringContaining(`input_dir does not exist: ${body.id}`),
    });
  });
});
