import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Zippable, zipSync } from "fflate";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary-folder.ts";
import { zipStream } from "../../../../platform/archives/zip-stream.ts";
import { type ComicLimits, openComic } from "./open-comic.ts";

const limits: ComicLimits = { maxPages: 100, maxPageBytes: 1000, maxBytes: 1_000_000 };
const bytes = (text: string) => new TextEncoder().encode(text);

async function opened(entries: Zippable | Uint8Array, given = limits) {
  const file = `${await temporaryFolder()}/chapter.cbz`;
  await writeFile(file, entries instanceof Uint8Array ? entries : zipSync(entries, { level: 0 }));
  const comic = await openComic(file, given);
  onTestFinished(() => comic.close());
  return comic;
}

describe("openComic", () => {
  it("gives the pages as they are numbered, with their contents", async () => {
    const comic = await opened({ "10.png": bytes("ten"), "2.png": bytes("two"), "1.JPG": bytes("one") });
    expect(comic.pages.map(({ path }) => path)).toEqual(["1.JPG", "2.png", "10.png"]);
    const contents = await Promise.all(comic.pages.map((page) => buffer(comic.read(page))));
    expect(contents.map(String)).toEqual(["one", "two", "ten"]);
    expect(comic.skipped).toEqual([]);
    expect(() => comic.read({ path: "3.png", bytes: 1 })).toThrow(RangeError);
  });

  it("keeps ComicInfo.xml aside and says what else it left out", async () => {
    const comic = await opened({
      "ch/1.png": bytes("one"),
      "ch/ComicInfo.xml": bytes("<ComicInfo/>"),
      "ch/notes.txt": bytes("notes"),
      "ch/more.cbz": bytes("pages"),
      "ch/extra.zip": bytes("pages"),
      "__MACOSX/ch/._1.png": bytes("junk"),
    });
    expect(comic.pages).toEqual([{ path: "ch/1.png", bytes: 3 }]);
    expect(String(Buffer.from(comic.comicInfo ?? []))).toBe("<ComicInfo/>");
    expect(comic.skipped).toEqual([
      '"ch/more.cbz": an archive inside the archive is not unpacked',
      '"ch/extra.zip": an archive inside the archive is not unpacked',
      '"ch/notes.txt": no picture by its name',
      "1 hidden files",
    ]);
  });

  it("lists a hundred of the left out and counts the rest", async () => {
    const others = Object.fromEntries(Array.from({ length: 130 }, (_, at) => [`${at}.txt`, bytes("x")]));
    const { skipped } = await opened({ "1.png": bytes("one"), ...others });
    expect(skipped).toHaveLength(101);
    expect(skipped.at(-1)).toBe("and 30 more");
  });

  it.each([
    ["without pictures", { "a.txt": bytes("a") }, "no_pages", 400],
    [
      "with too many",
      Object.fromEntries([...Array(101).keys()].map((n) => [`${n}.png`, bytes("p")])),
      "too_many_pages",
      413,
    ],
    [
      "with far more entries than pages are allowed",
      Object.fromEntries([...Array(301).keys()].map((n) => [`../${n}.txt`, bytes("t")])),
      "too_many_entries",
      413,
    ],
    ["with a page too large", { "1.png": new Uint8Array(1001) }, "page_too_large", 413],
    ["that leads out of its folder", { "../1.png": bytes("p") }, "unsafe_path", 400],
    ["that is a RAR file", bytes("Rar!\x1a\x07\x00 pages"), "unsupported_archive", 400],
    ["that is no archive", bytes("hello"), "bad_archive", 400],
    ["that is empty", new Uint8Array(), "bad_archive", 400],
  ])("refuses an archive %s", async (_, entries, code, status) => {
    await expect(opened(entries)).rejects.toMatchObject({ code, status });
  });

  it("refuses bombs and what unpacks to too much", async () => {
    const bomb = zipSync({ "1.png": new Uint8Array(4 * 2 ** 20) });
    const large = { ...limits, maxPageBytes: 2 ** 30, maxBytes: 2 ** 30 };
    await expect(opened(bomb, large)).rejects.toMatchObject({ code: "archive_bomb" });
    const two = { "1.png": bytes("12345"), "2.png": bytes("12345") };
    await expect(opened(two, { ...limits, maxBytes: 9 })).rejects.toMatchObject({
      code: "archive_too_large",
    });
  });

  it("reads what the writer of archives wrote", async () => {
    const entry = (path: string) => ({ path, content: async () => [bytes(path)] });
    const written = await buffer(zipStream(["1.png", "2.png", "ComicInfo.xml"].map(entry)));
    const comic = await opened(written);
    expect(comic.pages.map(({ path }) => path)).toEqual(["1.png", "2.png"]);
    expect(comic.comicInfo).not.toBeNull();
  });
});
