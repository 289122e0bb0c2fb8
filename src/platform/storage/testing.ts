/** For tests only: what every file store must do. */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { FileStore } from "./file-store.ts";

const BAD_KEYS = [
  "",
  "/a",
  "a/",
  "a//b",
  ".",
  "..",
  "../a",
  "a/../b",
  "a/./b",
  "a\u0000b",
  "a\nb",
  "a\u007f",
  "\ud800",
  `${"x".repeat(256)}`,
  `${"abcdefg/".repeat(128)}h`,
  ".incoming/a",
];

/** The keys below a prefix, as they are listed. */
export async function keysOf(store: FileStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** The contract of the port; `open` yields an empty store. */
export function describeFileStore(title: string, open: () => Promise<FileStore>): void {
  describe(title, () => {
    let store: FileStore;

    beforeEach(async () => {
      store = await open();
    });

    const keys = (prefix: string) => keysOf(store, prefix);

    test("yields what was put, whole and as a stream", async () => {
      const bytes = Buffer.from([0, 1, 254, 255]);
      const facts = await store.put("a/b c/é.bin", bytes);
      expect(facts).toMatchObject({ key: "a/b c/é.bin", bytes: 4 });
      expect(await store.read("a/b c/é.bin")).toEqual(bytes);
      expect(await buffer(await store.open("a/b c/é.bin"))).toEqual(bytes);
      expect(await store.stat("a/b c/é.bin")).toEqual(facts);
      expect(Math.abs(facts.modifiedAt - Date.now())).toBeLessThan(60_000);
    });

    test("takes streams and empty files", async () => {
      await store.put("stream", Readable.from([Buffer.from("one "), "two"]));
      await store.put("empty-bytes", new Uint8Array());
      await store.put("empty-stream", Readable.from([]));
      expect(await text(await store.open("stream"))).toBe("one two");
      expect((await store.read("empty-bytes")).length).toBe(0);
      expect(await store.stat("empty-stream")).toMatchObject({ bytes: 0 });
    });

    test("replaces a file whole", async () => {
      await store.put("a", Buffer.from("a long first text"));
      await store.put("a", Buffer.from("short"));
      expect(String(await store.read("a"))).toBe("short");
    });

    test("keeps the old content and nothing of the new when the stream fails", async () => {
      await store.put("a", Buffer.from("old"));
      const failing = Readable.from(
        (async function* () {
          yield Buffer.from("half");
          throw new Error("the client went away");
        })(),
      );
      await expect(store.put("a", failing)).rejects.toThrow("the client went away");
      const cut = new Readable({ read() {} });
      cut.push("half");
      const putting = store.put("b", cut);
      cut.destroy();
      await expect(putting).rejects.toThrow();
      expect(String(await store.read("a"))).toBe("old");
      expect(await keys("")).toEqual(["a"]);
    });

    test("concurrent puts of one key leave one of them, whole", async () => {
      const contents = Array.from({ length: 8 }, (_, i) => Buffer.alloc(50_000, i));
      await Promise.all(contents.map((content) => store.put("k/a", content)));
      const stored = await store.read("k/a");
      expect(contents.some((content) => content.equals(stored))).toBe(true);
    });

    test("adopts a temporary file", async () => {
      const folder = await mkdtemp(join(tmpdir(), "quatrain-adopt-"));
      const path = join(folder, "x");
      await writeFile(path, "adopted");
      expect(await store.adopt("a/b", path)).toMatchObject({ key: "a/b", bytes: 7 });
      expect(String(await store.read("a/b"))).toBe("adopted");
      await expect(stat(path)).rejects.toThrow("ENOENT");
      await rm(folder, { recursive: true });
    });

    test("says file_not_found for what is not there", async () => {
      await store.put("folder/a", Buffer.from("a"));
      for (const key of ["nothing", "folder", "folder/a/b", "folder/b"]) {
        await expect(store.read(key)).rejects.toMatchObject({ code: "file_not_found", status: 404 });
        await expect(store.open(key)).rejects.toMatchObject({ code: "file_not_found" });
        expect(await store.stat(key)).toBeNull();
        expect(await store.delete(key)).toBe(false);
      }
    });

    test("says where a file lies, where that is on this machine", async () => {
      await store.put("a/b", Buffer.from("here"));
      const path = store.localPath("a/b");
      if (path !== null) expect(await readFile(path, "utf8")).toBe("here");
      if (path !== null) expect(() => store.localPath("../b")).toThrow("cannot be used");
    });

    test("deletes", async () => {
      await store.put("a/b/c", Buffer.from("c"));
      await store.put("a/d", Buffer.from("d"));
      expect(await store.delete("a/b/c")).toBe(true);
      expect(await store.delete("a/b/c")).toBe(false);
      expect(await keys("")).toEqual(["a/d"]);
    });

    test("lists what lies below whole segments", async () => {
      for (const key of ["a/b", "a/c/d", "ab", "b"]) await store.put(key, Buffer.from(key));
      expect(await keys("a")).toEqual(["a/b", "a/c/d"]);
      expect(await keys("a/c")).toEqual(["a/c/d"]);
      expect(await keys("zzz")).toEqual([]);
      expect(await keys("ab")).toEqual([]);
    });

    test("refuses keys that are no plain relative paths, whatever is asked", async () => {
      for (const key of BAD_KEYS) {
        const refused = { code: "invalid_key", status: 400 };
        await expect(store.put(key, new Uint8Array())).rejects.toMatchObject(refused);
        await expect(store.read(key)).rejects.toMatchObject(refused);
        await expect(store.open(key)).rejects.toMatchObject(refused);
        await expect(store.stat(key)).rejects.toMatchObject(refused);
        await expect(store.delete(key)).rejects.toMatchObject(refused);
        if (key !== "") await expect(keys(key)).rejects.toMatchObject(refused);
      }
      expect(await keys("")).toEqual([]);
    });

    test("any text is either a key that round-trips or refused", async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "binary", maxLength: 12 }), async (key) => {
          const put = await store.put(key, Buffer.from(key)).catch((error: unknown) => error);
          if (put instanceof Error) {
            expect(put).toMatchObject({ code: "invalid_key" });
          } else {
            expect(String(await store.read(key))).toBe(key);
            expect(await store.delete(key)).toBe(true);
          }
        }),
        { numRuns: 50 },
      );
    });
  });
}
