import { execFile } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { buffer, text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../tests/support/temporary-folder.ts";
import { openZip } from "./open-zip.ts";
import { centralHeader, endRecords } from "./zip-records.ts";
import { type ZipEntry, zipStream } from "./zip-stream.ts";

const run = promisify(execFile);
const PYTHON = "/usr/bin/python3";
const entry = (path: string, ...chunks: string[]): ZipEntry => {
  return { path, content: async () => chunks.map((chunk) => Buffer.from(chunk)) };
};

async function written(entries: Iterable<ZipEntry>): Promise<string> {
  const file = `${await temporaryFolder()}/written.zip`;
  await pipeline(zipStream(entries), createWriteStream(file));
  return file;
}

function* many(count: number): Generator<ZipEntry> {
  for (let at = 0; at < count; at++) yield entry(`many/고양이${at}`, `${at}`);
}

describe("zipStream", () => {
  it("gives the same bytes for the same entries, and an empty archive for none", async () => {
    const entries = () => [entry("a.txt", "hello ", "world"), entry("b/empty.txt")];
    expect(await buffer(zipStream(entries()))).toEqual(await buffer(zipStream(entries())));
    const empty = await openZip(await written([]), { maxBytes: 1 });
    expect(empty.items).toEqual([]);
    empty.close();
  });

  it("is read by the reader of archives", async () => {
    const seen: string[] = [];
    const zip = await openZip(await written(many(20)), { maxBytes: 1e9 });
    for (const item of zip.items) seen.push(`${item.path}=${await text(zip.read(item))}`);
    zip.close();
    expect(seen).toEqual(Array.from({ length: 20 }, (_, at) => `many/고양이${at}=${at}`));
  });

  it.skipIf(!existsSync(PYTHON))(
    "is read by Python, more than 65,535 files",
    { timeout: 60_000 },
    async () => {
      const script =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()), z.read('many/고양이7'))";
      const { stdout } = await run(PYTHON, ["-c", script, await written(many(66_000))]);
      expect(stdout).toBe("None 66000 b'7'\n");
    },
  );

  it("writes offsets beyond 4 GB and more than 65,534 files in the large form", () => {
    const offset = 5_000_000_000;
    const line = centralHeader({ name: Buffer.from("a"), bytes: 1, crc32: 1, offset });
    expect(line.readUInt32LE(42)).toBe(0xffffffff);
    expect(line.readBigUInt64LE(47 + 4)).toBe(BigInt(offset));
    const end = endRecords(1, { offset, bytes: 59 });
    expect(end.readBigUInt64LE(48)).toBe(BigInt(offset));
    expect(end.readUInt32LE(76)).toBe(0x06054b50);
    expect(endRecords(65_535, { offset: 1, bytes: 1 }).readBigUInt64LE(32)).toBe(65_535n);
    expect(endRecords(65_534, { offset: 1, bytes: 1 })).toHaveLength(22);
  });
});
