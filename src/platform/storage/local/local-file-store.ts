import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath, rename, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { checkKey, checkPrefix, INCOMING } from "../file-key.ts";
import type { FileFacts, FileStore } from "../file-store.ts";
import { asStorageFault, fileNotFound, hasCode, keyConflict, unusableFolder } from "../storage-errors.ts";
import { ChangeGate } from "./change-gate.ts";
import { FolderMaker, syncPath } from "./durable.ts";
import { assertInside } from "./inside-root.ts";
import { linkFiles } from "./link-files.ts";
import { listFolder } from "./list-folder.ts";
import { diskFull, Space, type SpaceClaim, type SpaceFacts, type SpaceLimits } from "./space.ts";
import { sweepIncoming } from "./sweep-incoming.ts";
import { writeWhole } from "./write-whole.ts";

export interface LocalStoreSettings {
  /** The folder of all files; made where missing. */
  readonly root: string;
  /** Other processes write here too: half-written files are swept only when they are a day old. */
  readonly shared: boolean;
  readonly limits?: SpaceLimits;
}

/** A delete may take a folder away between its making and the rename into it; then it is made again. */
const RENAME_ATTEMPTS = 20;

/** Files in a folder, under paths that are their keys. */
export class LocalFileStore implements FileStore {
  readonly #root: string;
  readonly #space: Space;
  readonly #gate = new ChangeGate();
  readonly #folders = new FolderMaker();

  /** Opens a store, sweeps what a killed process left half-written, and begins to count where there is a quota. */
  static async open({ root, shared, limits }: LocalStoreSettings): Promise<LocalFileStore> {
    try {
      await new FolderMaker().make(join(resolve(root), INCOMING));
      const real = await realpath(root);
      await sweepIncoming(join(real, INCOMING), shared);
      return new LocalFileStore(real, limits ?? {});
    } catch (error) {
      throw unusableFolder(root, error);
    }
  }

  private constructor(root: string, limits: SpaceLimits) {
    this.#root = root;
    this.#space = new Space(root, limits, () => this.#countBytes());
  }

  async put(key: string, content: Uint8Array | Readable): Promise<FileFacts> {
    checkKey(key);
    return this.#bring(key, (temporary, claim) => writeWhole(temporary, content, claim));
  }

  async adopt(key: string, temporaryPath: string): Promise<FileFacts> {
    checkKey(key);
    return this.#bring(key, async (temporary, claim) => {
      const source = await open(temporaryPath, "r");
      try {
        await claim.grow((await source.stat()).size);
        await source.sync();
        if (await moved(temporaryPath, temporary)) return;
        await writeWhole(temporary, source.createReadStream({ autoClose: false }), null);
      } finally {
        await source.close();
      }
      await unlink(temporaryPath);
    });
  }

  async read(key: string): Promise<Buffer> {
    const file = await this.#openFile(key);
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  async open(key: string): Promise<Readable> {
    return (await this.#openFile(key)).createReadStream();
  }

  async stat(key: string): Promise<FileFacts | null> {
    const path = this.#pathOf(key);
    await assertInside(this.#root, path, key);
    const stats = await lstat(path).catch(absent);
    return stats?.isFile() ? { key, bytes: stats.size, modifiedAt: Math.floor(stats.mtimeMs) } : null;
  }

  list(prefix: string): AsyncIterable<FileFacts> {
    return listFolder(this.#root, checkPrefix(prefix));
  }

  localPath(key: string): string {
    return this.#pathOf(key);
  }

  async delete(key: string): Promise<boolean> {
    const path = this.#pathOf(key);
    await assertInside(this.#root, dirname(path), key);
    return this.#gate.oneAtATime(key, async () => {
      const stats = await lstat(path).catch(absent);
      if (!stats?.isFile()) return false;
      await this.#gate.pass(() =>
        this.#space.freed(async () => {
          await unlink(path).catch((error: unknown) => {
            throw asStorageFault(error);
          });
          return stats.size;
        }),
      );
      await this.#forgetEmptyFolders(dirname(path));
      return true;
    });
  }

  space(): Promise<SpaceFacts> {
    return this.#space.facts();
  }

  /**
   * Runs `work` while no existing file is replaced or deleted (new ones may come). For a backup: within one hold
   * copy the database first and the files second; every file that the copied rows name is then there.
   */
  hold<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#gate.hold(work);
  }

  /** Every file as of now under an empty or new folder, by hard links where the file system allows. */
  snapshot(targetFolder: string): Promise<void> {
    return this.#gate.hold(() => linkFiles(this.#root, targetFolder));
  }

  async #bring(
    key: string,
    write: (temporary: string, claim: SpaceClaim) => Promise<void>,
  ): Promise<FileFacts> {
    const path = this.#pathOf(key);
    await assertInside(this.#root, dirname(path), key);
    const temporary = join(this.#root, INCOMING, randomUUID());
    const claim = await this.#space.claim();
    try {
      await write(temporary, claim);
      const { size, mtimeMs } = await lstat(temporary);
      await this.#gate.oneAtATime(key, () => this.#install(key, temporary, claim));
      return { key, bytes: size, modifiedAt: Math.floor(mtimeMs) };
    } catch (error) {
      claim.release();
      await rm(temporary, { force: true });
      throw hasCode(error, "ENOSPC", "EDQUOT") ? diskFull({}) : asStorageFault(error);
    }
  }

  async #install(key: string, temporary: string, claim: SpaceClaim): Promise<void> {
    const path = this.#pathOf(key);
    const existing = await lstat(path).catch(absent);
    const replace = async () => {
      const replaced = await lstat(path).catch(absent);
      await this.#rename(temporary, path, key);
      claim.settle(replaced?.isFile() ? replaced.size : 0);
    };
    await (existing ? this.#gate.pass(replace) : replace());
    await syncPath(dirname(path));
  }

  async #rename(temporary: string, path: string, key: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#folders.make(dirname(path));
        await rename(temporary, path);
        return;
      } catch (error) {
        if (hasCode(error, "EISDIR", "ENOTDIR", "ENOTEMPTY", "EEXIST")) throw keyConflict(key);
        if (!hasCode(error, "ENOENT") || attempt === RENAME_ATTEMPTS) throw error;
      }
    }
  }

  /** Removes a folder and those above it while they are empty, and makes durable what changed in the one that stays. */
  async #forgetEmptyFolders(folder: string): Promise<void> {
    try {
      if (folder === this.#root || !(await removedIfEmpty(folder))) return await syncPath(folder);
    } catch (error) {
      if (folder === this.#root || !hasCode(error, "ENOENT")) throw error; // another delete was quicker, and the next folder is the one
    }
    return this.#forgetEmptyFolders(dirname(folder));
  }

  async #openFile(key: string): Promise<FileHandle> {
    const path = this.#pathOf(key);
    await assertInside(this.#root, path, key);
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(absent);
    if (file && (await file.stat()).isFile()) return file;
    await file?.close();
    throw fileNotFound(key);
  }

  async #countBytes(): Promise<number> {
    let bytes = 0;
    for await (const file of listFolder(this.#root, "")) bytes += file.bytes;
    return bytes;
  }

  #pathOf(key: string): string {
    return join(this.#root, checkKey(key));
  }
}

/** False where the folder holds something. */
async function removedIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOTEMPTY", "EEXIST")) return false;
    throw error;
  }
}

/** False where the two lie on different file systems. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EXDEV")) return false;
    throw error;
  }
}

function absent(error: unknown): null {
  if (hasCode(error, "ENOENT", "ENOTDIR")) return null;
  throw asStorageFault(error);
}
