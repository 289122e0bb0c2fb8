import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeFileStore, keysOf } from "../testing.ts";
import { LocalFileStore } from "./local-file-store.ts";
import type { SpaceLimits } from "./space.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "quatrain-files-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const root = () => join(folder, "files");
const open = (limits?: SpaceLimits) => LocalFileStore.open({ root: root(), shared: false, limits });

describeFileStore("LocalFileStore", () => open());

describe("LocalFileStore on its disk", () => {
  test("the key is the path, and folders without files go away", async () => {
    const store = await open();
    await store.put("a/b/c.txt", Buffer.from("c"));
    expect(await readFile(join(root(), "a/b/c.txt"), "utf8")).toBe("c");
    await store.delete("a/b/c.txt");
    expect(await readdir(root())).toEqual([".incoming"]);
  });

  test("lists in the order of the keys' bytes", async () => {
    const store = await open();
    const all = ["a-b", "a/b", "a0", "a/-", "é", "z", "\uffee", "𝄞", "a b/c"];
    for (const key of all) await store.put(key, Buffer.from(key));
    expect(await keysOf(store, "")).toEqual(
      [...all].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y))),
    );
  });

  test("sweeps half-written files at the start; in a shared store only old ones", async () => {
    await open();
    const incoming = join(root(), ".incoming");
    await writeFile(join(incoming, "new"), "x");
    await writeFile(join(incoming, "old"), "x");
    await utimes(join(incoming, "old"), 1, 1);
    await LocalFileStore.open({ root: root(), shared: true });
    expect(await readdir(incoming)).toEqual(["new"]);
    await open();
    expect(await readdir(incoming)).toEqual([]);
  });

  test("follows no link out of the store, and lists none", async () => {
    const store = await open();
    await mkdir(join(folder, "outside"));
    await writeFile(join(folder, "outside", "secret"), "s");
    await symlink(join(folder, "outside"), join(root(), "link"));
    await symlink(join(folder, "outside", "secret"), join(root(), "file"));
    const refused = { code: "invalid_key", status: 400 };
    await expect(store.read("link/secret")).rejects.toMatchObject(refused);
    await expect(store.read("file")).rejects.toMatchObject(refused);
    await expect(store.stat("file")).rejects.toMatchObject(refused);
    await expect(store.put("link/new/x", Buffer.from("x"))).rejects.toMatchObject(refused);
    await expect(store.delete("link/secret")).rejects.toMatchObject(refused);
    expect(await keysOf(store, "")).toEqual([]);
    expect(await readdir(join(folder, "outside"))).toEqual(["secret"]);
    await store.put("file", Buffer.from("own"));
    expect(await readFile(join(folder, "outside", "secret"), "utf8")).toBe("s");
  });

  test("a folder that cannot be made is told by its name", async () => {
    await writeFile(join(folder, "file"), "in the way");
    const opened = LocalFileStore.open({ root: join(folder, "file", "store"), shared: false });
    await expect(opened).rejects.toMatchObject({ code: "storage_unavailable", status: 503 });
    await expect(opened).rejects.toThrow(/file\/store cannot be used \(.*ENOTDIR/);
  });

  test("a name is a file or a folder, not both", async () => {
    const store = await open();
    await store.put("a/b", Buffer.from("b"));
    await expect(store.put("a", Buffer.from("a"))).rejects.toMatchObject({
      code: "key_conflict",
      status: 409,
    });
    await expect(store.put("a/b/c", Buffer.from("c"))).rejects.toMatchObject({ code: "key_conflict" });
    expect(await readdir(join(root(), ".incoming"))).toEqual([]);
  });

  test("puts and deletes in one folder at once do not trip over its coming and going", async () => {
    const store = await open({ maxBytes: 1e6 });
    const churn = async (name: string) => {
      for (let round = 0; round < 15; round++) {
        await store.put(`deep/er/${name}`, Buffer.from(name));
        await store.delete(`deep/er/${name}`);
      }
      await store.put(`deep/er/${name}`, Buffer.from(name));
    };
    await Promise.all(["a", "b", "c", "d"].map(churn));
    expect(await keysOf(store, "")).toEqual(["a", "b", "c", "d"].map((name) => `deep/er/${name}`));
    expect(await store.space()).toMatchObject({ usedBytes: 4 });
  });
});

describe("the quota of a LocalFileStore", () => {
  const bytes = (count: number) => new Uint8Array(count);

  test("refuses what does not fit, tells how full it is, and keeps nothing of it", async () => {
    const store = await open({ maxBytes: 1000 });
    await store.put("a", bytes(600));
    const refused = { code: "disk_quota_exceeded", status: 413, details: { usedBytes: 600, maxBytes: 1000 } };
    await expect(store.put("b", bytes(401))).rejects.toMatchObject(refused);
    await expect(store.put("b", Readable.from([bytes(300), bytes(300)]))).rejects.toMatchObject(refused);
    const path = join(folder, "big");
    await writeFile(path, bytes(500));
    await expect(store.adopt("b", path)).rejects.toMatchObject(refused);
    expect((await stat(path)).size).toBe(500);
    await store.put("b", bytes(400));
    expect(await store.space()).toMatchObject({ usedBytes: 1000, maxBytes: 1000 });
  });

  test("counts what was there before, replacements and deletions", async () => {
    await (await open()).put("a", bytes(500));
    const store = await open({ maxBytes: 1000 });
    expect(await store.space()).toMatchObject({ usedBytes: 500 });
    await store.put("a", bytes(200));
    await store.put("b", bytes(300));
    expect(await store.space()).toMatchObject({ usedBytes: 500 });
    await Promise.all([store.delete("a"), store.delete("a")]);
    expect(await store.space()).toMatchObject({ usedBytes: 300 });
  });

  test("puts at once do not overrun it together", async () => {
    const store = await open({ maxBytes: 1000 });
    const puts = await Promise.allSettled(["a", "b", "c", "d"].map((key) => store.put(key, bytes(400))));
    expect(puts.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(2);
    const { usedBytes } = await store.space();
    expect(usedBytes).toBeLessThanOrEqual(1000);
  });

  test("keeps the asked-for space on the disk free", async () => {
    const store = await open({ minFreeBytes: 2 ** 60 });
    await expect(store.put("a", bytes(1))).rejects.toMatchObject({
      code: "disk_quota_exceeded",
      status: 413,
    });
  });
});

describe("a snapshot of a LocalFileStore", () => {
  test("keeps what each file was, whatever happens to it later", async () => {
    const store = await open();
    await store.put("a/b", Buffer.from("old"));
    await store.put("c", Buffer.from("c"));
    const target = join(folder, "snapshot");
    await store.snapshot(target);
    await store.put("a/b", Buffer.from("new"));
    await store.delete("c");
    expect(await readFile(join(target, "a/b"), "utf8")).toBe("old");
    expect(await readFile(join(target, "c"), "utf8")).toBe("c");
    expect(await readdir(target)).toEqual(["a", "c"]);
  });

  test("hold keeps existing files as they are until it ends, and lets new ones in", async () => {
    const store = await open();
    await store.put("a", Buffer.from("old"));
    await store.put("b", Buffer.from("b"));
    let changes: Promise<unknown> = Promise.resolve();
    await store.hold(async () => {
      changes = Promise.all([store.put("a", Buffer.from("new")), store.delete("b")]);
      await store.put("c", Buffer.from("c"));
      expect(String(await store.read("a"))).toBe("old");
      expect(await store.stat("b")).not.toBeNull();
      await store.snapshot(join(folder, "snapshot"));
    });
    await changes;
    expect(await readdir(join(folder, "snapshot"))).toEqual(["a", "b", "c"]);
    expect(String(await store.read("a"))).toBe("new");
    expect(await store.stat("b")).toBeNull();
  });
});
