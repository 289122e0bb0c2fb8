import { createWriteStream } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip, gunzipSync, gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { integer, text } from "../../db/schema/columns.ts";
import { type Migration, migrate } from "../../db/schema/migrate.ts";
import { openSqlite } from "../../db/sqlite/open-sqlite.ts";
import { LocalFileStore } from "../../storage/local/local-file-store.ts";
import { keysOf } from "../../storage/testing.ts";
import { lockDataFolder } from "../folder-lock.ts";
import {
  type RestoreTarget,
  refuseUnfinishedRestore,
  restoreBackup,
  UNFINISHED_RESTORE,
} from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

const MIGRATIONS: readonly Migration[] = [
  { id: "test/1", up: (schema) => schema.createTable("notes", { id: integer().primaryKey(), note: text() }) },
];
const KEYS = ["a.png", "deep/er/é ü.json", `${"long".repeat(50)}/${"name".repeat(50)}`, "empty"];
const AT = Date.UTC(2026, 1, 3, 4, 5, 6);

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "quatrain-backup-"));
  file = join(folder, "backup.qbk");
});

afterEach(() => rm(folder, { recursive: true }));

const targetIn = (name: string): RestoreTarget => ({
  dataDir: join(folder, name),
  databasePath: join(folder, name, "quatrain.db"),
  storeRoots: { pictures: join(folder, name, "pictures") },
  now: () => AT,
});

async function openRooms({ dataDir, databasePath, storeRoots }: RestoreTarget) {
  await mkdir(dataDir, { recursive: true });
  const database = (await openSqlite({ path: databasePath, readers: 1 })).as<{
    notes: { id: number; note: string };
  }>();
  const files = await LocalFileStore.open({ root: storeRoots.pictures ?? "", shared: false });
  return { database, files };
}

/** A data folder with rows and files, and a backup of it. */
async function backUp(note: string, target = targetIn("data")) {
  const { database, files } = await openRooms(target);
  const embedded = database as unknown as Awaited<ReturnType<typeof openSqlite>>;
  await migrate(embedded, MIGRATIONS);
  await database.transaction((tx) => tx.insertInto("notes").values({ id: 1, note }).execute());
  for (const key of KEYS) await files.put(key, Buffer.from(key === "empty" ? "" : `${note} ${key}`));
  const written = await writeBackup(file, {
    snapshot: (databasePath, filesDir) =>
      files.hold(async () => {
        await embedded.snapshot(databasePath);
        await files.snapshot(join(filesDir, "pictures"));
      }),
    workDir: join(target.dataDir, "tmp"),
    version: "1.2.3",
    now: () => AT,
  });
  await database.close();
  return written;
}

/** What a data folder holds, as the program that opens it sees it. */
async function contentOf(target: RestoreTarget) {
  const { database, files } = await openRooms(target);
  const notes = await database.reader.selectFrom("notes").select("note").execute();
  const keys = await keysOf(files, "");
  const first = (await files.read("a.png")).toString();
  await database.close();
  return { notes: notes.map(({ note }) => note), keys, first };
}

const contentFor = (note: string) => ({ notes: [note], keys: [...KEYS].sort(), first: `${note} a.png` });

/** A backup made by hand, to be wrong on purpose. */
async function craft(
  entries: readonly (readonly [Partial<Header> & { readonly name: string }, string])[],
): Promise<void> {
  const archive = pack();
  for (const [header, content] of entries) {
    if (header.type === "symlink") archive.entry(header);
    else archive.entry(header, content);
  }
  archive.finalize();
  await pipeline(archive, createGzip(), createWriteStream(file));
}

const HEADER = [{ name: "quatrain-backup.json" }, '{"format":1,"version":"1"}'] as const;
const UNREADABLE = { code: "backup_unreadable", status: 400 };

describe("a backup", () => {
  test("brings back rows and files into an empty folder", async () => {
    const written = await backUp("first");
    expect(written).toEqual({ files: KEYS.length, bytes: (await stat(file)).size });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const restored = await restoreBackup(file, targetIn("new"), false);
    expect(restored).toMatchObject({ header: { version: "1.2.3", createdAt: "2026-02-03T04:05:06.000Z" } });
    expect(restored.movedTo).toEqual([]);
    expect(await contentOf(targetIn("new"))).toEqual(contentFor("first"));
  });

  test("never replaces a file, and leaves nothing half-written", async () => {
    await writeFile(file, "precious");
    await expect(backUp("first")).rejects.toMatchObject({ code: "backup_failed" });
    expect(await readFile(file, "utf8")).toBe("precious");
    file = join(folder, "no such folder", "backup.qbk");
    await expect(backUp("first", targetIn("other"))).rejects.toMatchObject({
      code: "backup_failed",
      status: 400,
    });
    const failing = {
      snapshot: () => Promise.reject(new Error("the disk is full")),
      workDir: join(folder, "work"),
      version: "1",
      now: () => AT,
    };
    file = join(folder, "other.qbk");
    await expect(writeBackup(file, failing)).rejects.toThrow("the disk is full");
    expect(await readdir(join(folder, "work"))).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.startsWith("other.qbk"))).toEqual([]);
  });
});

describe("a restore", () => {
  test("refuses existing data, and with force moves it aside", async () => {
    await backUp("first");
    await rm(file);
    await rm(targetIn("data").dataDir, { recursive: true });
    await backUp("second");
    const old = targetIn("old");
    await cp(targetIn("data").dataDir, old.dataDir, { recursive: true });
    await writeFile(join(old.dataDir, "pictures", "more"), "x");
    await expect(restoreBackup(file, old, false)).rejects.toMatchObject({ code: "data_exists", status: 409 });
    const { movedTo } = await restoreBackup(file, old, true);
    expect(movedTo).toEqual([join(old.dataDir, "before-restore-2026-02-03T04-05-06-000Z")]);
    expect(await contentOf(old)).toEqual(contentFor("second"));
    expect(await readFile(join(movedTo[0] ?? "", "pictures", "more"), "utf8")).toBe("x");
  });

  test("moves a store that lies elsewhere aside beside itself", async () => {
    await backUp("first");
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "old"), "x");
    const target = { ...targetIn("new"), storeRoots: { pictures: elsewhere } };
    const { movedTo } = await restoreBackup(file, target, true);
    expect(movedTo).toEqual([`${elsewhere}.before-restore-2026-02-03T04-05-06-000Z`]);
    expect(await readdir(movedTo[0] ?? "")).toEqual(["old"]);
    expect(await contentOf(target)).toEqual(contentFor("first"));
  });

  test("keeps out of a folder that a server holds", async () => {
    await backUp("first");
    const target = targetIn("held");
    const lock = await lockDataFolder(target.dataDir);
    await expect(restoreBackup(file, target, true)).rejects.toMatchObject({ code: "data_folder_in_use" });
    lock.release();
    await restoreBackup(file, target, false);
  });

  test("that was cut off keeps the server from serving, and the next one finishes it", async () => {
    await backUp("first");
    const target = targetIn("new");
    await restoreBackup(file, target, false);
    await writeFile(join(target.dataDir, UNFINISHED_RESTORE), file);
    await rm(join(target.dataDir, "pictures"), { recursive: true });
    expect(() => refuseUnfinishedRestore(target.dataDir)).toThrow(
      expect.objectContaining({ code: "restore_unfinished", status: 409 }),
    );
    await restoreBackup(file, target, false);
    expect(() => refuseUnfinishedRestore(target.dataDir)).not.toThrow();
    expect(await contentOf(target)).toEqual(contentFor("first"));
  });
});

describe("what is no whole backup", () => {
  /** Nothing of it arrives, and what was there stays. */
  async function expectRefused(why: string) {
    const target = targetIn("target");
    await mkdir(target.dataDir, { recursive: true });
    await writeFile(target.databasePath, "what was there");
    await expect(restoreBackup(file, target, true)).rejects.toMatchObject({
      ...UNREADABLE,
      message: expect.stringContaining(why),
    });
    expect(await readFile(target.databasePath, "utf8")).toBe("what was there");
    expect((await readdir(target.dataDir)).sort()).toEqual(["lock.db", "quatrain.db", "tmp"]);
    expect(await readdir(join(target.dataDir, "tmp"))).toEqual([]);
  }

  test("a file that is not there, or something else, is refused", async () => {
    await expectRefused("ENOENT");
    for (const bytes of ["", "some text", gzipSync("some text"), gzipSync(Buffer.alloc(10_240))]) {
      await writeFile(file, bytes);
      await expectRefused("cannot be restored");
    }
  });

  test("a file that was cut off anywhere is refused", async () => {
    await backUp("first");
    const bytes = await readFile(file);
    const plain = gunzipSync(bytes);
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      await writeFile(file, bytes.subarray(0, Math.floor(bytes.length * part)));
      await expectRefused("cannot be restored");
      await writeFile(file, gzipSync(plain.subarray(0, Math.floor(plain.length * part * 0.8))));
      await expectRefused("cannot be restored");
    }
  });

  test("an altered byte is found", async () => {
    await backUp("first");
    const plain = gunzipSync(await readFile(file));
    const at = plain.indexOf("first a.png");
    plain[at] = "F".charCodeAt(0);
    await writeFile(file, gzipSync(plain));
    await expectRefused("missing or altered, files/pictures/a.png first");
  });

  test.each([
    ["another program's archive", [[{ name: "readme.txt" }, "x"]], "not a backup of Quatrain"],
    ["no header first", [[{ name: "files/pictures/a" }, "x"], HEADER], "not a backup of Quatrain"],
    [
      "a header of another version",
      [[HEADER[0], '{"format":99,"version":"9.0"}']],
      "version (9.0, format 99)",
    ],
    ["a header that is none", [[HEADER[0], "null"]], "another version"],
    ["broken text", [[HEADER[0], "{"]], "cannot be restored"],
    ["no end", [HEADER, [{ name: "database/quatrain.db" }, "x"]], "its end is missing"],
    ["no database", [HEADER, [{ name: "checksums.json" }, "{}"]], "it has no database"],
    [
      "a missing file",
      [HEADER, [{ name: "checksums.json" }, '{"files/pictures/a":"00"}']],
      "1 entries are missing",
    ],
    ["an unknown store", [HEADER, [{ name: "files/films/a" }, "x"]], "files of films"],
    ["a way out", [HEADER, [{ name: "files/pictures/../../../a" }, "x"]], "no backup has"],
    ["an absolute path", [HEADER, [{ name: "/etc/passwd" }, "x"]], "no backup has"],
    ["a file in place of a store", [HEADER, [{ name: "files/pictures" }, "x"]], "no backup has"],
    ["another database", [HEADER, [{ name: "database/lock.db" }, "x"]], "no backup has"],
    [
      "a link",
      [HEADER, [{ name: "files/pictures/a", type: "symlink", linkname: "/etc" }, ""]],
      "no backup has",
    ],
    [
      "an entry twice",
      [HEADER, [{ name: "files/pictures/a" }, "x"], [{ name: "files/pictures/a" }, "y"]],
      "EEXIST",
    ],
  ] as const)("%s is refused", async (_title, entries, why) => {
    await craft(entries);
    await expectRefused(why);
  });
});
