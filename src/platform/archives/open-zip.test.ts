import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Zippable, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../tests/support/temporary-folder.ts";
import { type OpenZipOptions, openZip } from "./open-zip.ts";

const text = (words: string) => new TextEncoder().encode(words);
const options: OpenZipOptions = { maxBytes: 100_000_000 };

async function saved(bytes: Uint8Array): Promise<string> {
  const file = `${await temporaryFolder()}/archive.zip`;
  await writeFile(file, bytes);
  return file;
}

async function contents(file: string, given: OpenZipOptions = options) {
  const files: Record<string, string> = {};
  const zip = await openZip(file, given);
  try {
    for (const item of zip.items) files[item.path] = (await buffer(zip.read(item))).toString();
    return { files, skipped: zip.skipped, nested: zip.nested };
  } finally {
    zip.close();
  }
}

async function unpack(entries: Zippable, given?: OpenZipOptions) {
  return contents(await saved(zipSync(entries)), given);
}

/** The archive with a field of its first entry's central header changed. */
function patched(entries: Zippable, offset: number, value: number, width: 2 | 4): Uint8Array {
  const bytes = Buffer.from(zipSync(entries));
  const header = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  bytes.writeUIntLE(value, header + offset, width);
  return bytes;
}

describe("openZip", () => {
  it.each([["../evil.txt"], ["/etc/passwd"], ["a\\..\\..\\evil.txt"], ["c:/evil.txt"]])(
    "refuses all of an archive with %j",
    async (name) => {
      const file = await saved(zipSync({ "a.txt": text("a"), [name]: text("evil") }));
      const reading = openZip(file, options);
      await expect(reading).rejects.toMatchObject({ code: "unsafe_path", status: 400 });
      await expect(reading).rejects.toThrow(JSON.stringify(name).slice(1, -1));
    },
  );

  it("refuses symbolic links", async () => {
    const link: Zippable = { "a/link.png": [text("/etc/passwd"), { os: 3, attrs: 0o120777 * 0x10000 }] };
    await expect(unpack(link)).rejects.toMatchObject({ code: "unsafe_path" });
  });

  it("refuses bombs and what unpacks to too much, and says the limit", async () => {
    const zeros = new Uint8Array(2 * 1024 * 1024);
    await expect(unpack({ "a.txt": zeros })).rejects.toMatchObject({ code: "archive_bomb", status: 400 });
    const two = { "a.txt": text("12345"), "b.txt": text("12345") };
    const small = unpack(two, { maxBytes: 9 });
    await expect(small).rejects.toMatchObject({ code: "archive_too_large", status: 413 });
    await expect(small).rejects.toThrow("more than 9 bytes");
  });

  it("refuses many small entries that are a bomb together", async () => {
    const zeros = new Uint8Array(1024 * 1024);
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`${at}.txt`, zeros]));
    await expect(unpack(many)).rejects.toMatchObject({ code: "archive_bomb", status: 400 });
  });

  it("refuses one that has more entries than it counts, where half of it would be taken", async () => {
    const bytes = Buffer.from(zipSync({ "a.txt": text("one"), "b.txt": text("two") }));
    bytes.writeUInt16LE(1, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6])) + 10);
    const reading = contents(await saved(bytes));
    await expect(reading).rejects.toMatchObject({ code: "bad_archive", status: 400 });
    await expect(reading).rejects.toThrow("more entries than it says");
  });

  it("refuses entries that share their bytes", async () => {
    const bytes = Buffer.from(zipSync({ "a.txt": text("one"), "b.txt": text("two") }, { level: 0 }));
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(0, second + 42);
    const reading = contents(await saved(bytes));
    await expect(reading).rejects.toMatchObject({ code: "bad_archive", status: 400 });
    await expect(reading).rejects.toThrow('"b.txt" lies within another');
  });

  it("unpacks no more than the archive says", async () => {
    const lying = patched({ "a.txt": new Uint8Array(900_000) }, 24, 10, 4);
    await expect(contents(await saved(lying))).rejects.toMatchObject({ code: "bad_archive" });
  });

  it("refuses more than 100,000 entries and says how many there are", async () => {
    const bytes = Buffer.from(zipSync({ a: text("a") }));
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    const locator = Buffer.alloc(76);
    locator.writeUInt32LE(0x06064b50, 0);
    locator.writeBigUInt64LE(100_001n, 32);
    locator.writeUInt32LE(0x07064b50, 56);
    locator.writeBigUInt64LE(BigInt(end), 64);
    const many = Buffer.concat([bytes.subarray(0, end), locator, bytes.subarray(end)]);
    const reading = contents(await saved(many));
    await expect(reading).rejects.toMatchObject({ code: "too_many_entries", status: 413 });
    await expect(reading).rejects.toThrow("100001 entries");
  });

  it("refuses one path twice, also in two spellings", async () => {
    const twice = { "a/é.txt": text("1"), [`a/${"é".normalize("NFD")}.txt`]: text("2") };
    await expect(unpack(twice)).rejects.toMatchObject({ code: "duplicate_path", status: 400 });
  });

  it("refuses encrypted entries and unknown methods", async () => {
    const encrypted = await saved(patched({ "a.txt": text("aaaa") }, 8, 1, 2));
    await expect(contents(encrypted)).rejects.toMatchObject({ code: "archive_encrypted" });
    const lzma = await saved(patched({ "a.txt": text("aaaa") }, 10, 14, 2));
    await expect(contents(lzma)).rejects.toThrow("method 14");
  });

  it("lists archives within the archive and does not unpack them", async () => {
    const { files, skipped, nested } = await unpack({
      ".hidden": text("h"),
      "a.txt": text("a"),
      "more/b.zip": zipSync({ x: text("x") }),
    });
    expect(skipped).toBe(1);
    expect(nested).toEqual(["more/b.zip"]);
    expect(Object.keys(files)).toEqual(["a.txt"]);
  });

  it.each([
    ["cut off", (bytes: Uint8Array) => bytes.slice(0, bytes.length - 30)],
    ["no archive at all", () => text("hello, I am a text")],
    ["empty", () => new Uint8Array()],
    ["changed in an entry", (bytes: Uint8Array) => bytes.map((byte, at) => (at === 37 ? byte ^ 1 : byte))],
  ])("says in plain words of an archive that is %s: bad_archive", async (_, damage) => {
    const whole = zipSync({ "a.txt": text("hello hello") }, { level: 0 });
    await expect(contents(await saved(damage(whole)))).rejects.toMatchObject({
      code: "bad_archive",
      status: 400,
    });
  });

  it("a file that is not there is no fault of the user", async () => {
    await expect(contents("/nowhere/archive.zip")).rejects.toMatchObject({ code: "ENOENT" });
  });

  it.each([
    ["Korean Windows", Buffer.from("b0edbee7c0cc2f312e706e67", "hex"), "고양이/1.png"],
    ["macOS, which forgets to say UTF-8", Buffer.from("köln/강아지.png"), "köln/강아지.png"],
    ["DOS", Buffer.from("6b946c6e2f822e706e67", "hex"), "köln/é.png"],
  ])("reads the names of %s", async (_, name, path) => {
    const placeholder = "x".repeat(name.length);
    const bytes = Buffer.from(zipSync({ [placeholder]: text("a") }));
    for (let at = bytes.indexOf(placeholder); at >= 0; at = bytes.indexOf(placeholder)) name.copy(bytes, at);
    expect(Object.keys((await contents(await saved(bytes))).files)).toEqual([path]);
  });
});
