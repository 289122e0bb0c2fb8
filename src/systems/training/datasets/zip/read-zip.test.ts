import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Zippable, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary-folder.ts";
import { readZip, type ZipOptions } from "./read-zip.ts";

const text = (words: string) => new TextEncoder().encode(words);
const options: ZipOptions = { maxBytes: 100_000_000 };

async function saved(bytes: Uint8Array): Promise<string> {
  const file = `${await temporaryFolder()}/dataset.zip`;
  await writeFile(file, bytes);
  return file;
}

async function contents(file: string, given: ZipOptions = options) {
  const files: Record<string, string> = {};
  const report = await readZip(file, given, async (path, content) => {
    files[path] = (await buffer(content)).toString();
  });
  return { files, report };
}

async function unpack(entries: Zippable, given?: ZipOptions) {
  return contents(await saved(zipSync(entries)), given);
}

describe("readZip", () => {
  it("hands out files in the order of the archive, without the folder around them", async () => {
    const { files, report } = await unpack({
      "my set/": new Uint8Array(),
      "my set/val/cat/2.txt": text("two"),
      "my set/train/cat/1.txt": text("one"),
      "__MACOSX/my set/train/cat/._1.txt": text("junk"),
      "my set/.DS_Store": text("junk"),
    });
    expect(Object.entries(files)).toEqual([
      ["val/cat/2.txt", "two"],
      ["train/cat/1.txt", "one"],
    ]);
    expect(report).toEqual({ files: 2, skipped: 2, nested: [] });
  });

  it.each([
    ["several folders", { "cat/1": text("1"), "dog/2": text("2") }],
    ["one class", { "cat/1": text("1"), "cat/2": text("2") }],
    ["one split", { "train/cat/1": text("1"), "train/dog/2": text("2") }],
  ])("keeps the outermost folder of %s", async (_, entries) => {
    expect(Object.keys((await unpack(entries)).files)).toEqual(Object.keys(entries));
  });

  it("reads several entries at a time where it is told to", async () => {
    const entries = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`a/b${at}`, text(`${at}`)]));
    const { files } = await unpack(entries, { ...options, atOnce: 4 });
    expect(Object.keys(files)).toHaveLength(50);
    expect(files["a/b49"]).toBe("49");
  });

  it.each([["../evil.txt"], ["/etc/passwd"], ["a\\..\\..\\evil.txt"], ["c:/evil.txt"]])(
    "refuses all of an archive with %j, before anything is handed out",
    async (name) => {
      const file = await saved(zipSync({ "a.txt": text("a"), [name]: text("evil") }));
      const seen: string[] = [];
      const reading = readZip(file, options, async (path) => void seen.push(path));
      await expect(reading).rejects.toMatchObject({ code: "unsafe_path", status: 400 });
      await expect(reading).rejects.toThrow(JSON.stringify(name).slice(1, -1));
      expect(seen).toEqual([]);
    },
  );

  it("lists archives within the archive and does not unpack them", async () => {
    const { files, report } = await unpack({ "a.txt": text("a"), "more/b.zip": zipSync({ x: text("x") }) });
    expect(report.nested).toEqual(["more/b.zip"]);
    expect(Object.keys(files)).toEqual(["a.txt"]);
  });

  it("ends with the first failure of the one who takes the files", async () => {
    const file = await saved(zipSync({ "a.txt": text("a"), "b.txt": text("b") }));
    const seen: string[] = [];
    const reading = readZip(file, options, async (path) => {
      seen.push(path);
      throw new Error("the disk is full");
    });
    await expect(reading).rejects.toThrow("the disk is full");
    expect(seen).toEqual(["a.txt"]);
  });
});
