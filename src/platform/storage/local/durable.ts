import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "../storage-errors.ts";

/** Makes a file's content, or a folder's entries, survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes folders so that they survive a power cut; whoever asks for one in the making waits for it. */
export class FolderMaker {
  readonly #making = new Map<string, Promise<void>>();

  /** @throws the system's ENOTDIR or EEXIST where a file stands in the way */
  make(folder: string): Promise<void> {
    const making = this.#making.get(folder) ?? this.#make(folder).finally(() => this.#making.delete(folder));
    this.#making.set(folder, making);
    return making;
  }

  async #make(folder: string): Promise<void> {
    if (await this.#made(folder)) return;
    await this.make(dirname(folder));
    await this.#made(folder);
    await syncPath(dirname(folder));
  }

  /** False where its parent is missing too. */
  async #made(folder: string): Promise<boolean> {
    try {
      await mkdir(folder);
    } catch (error) {
      if (hasCode(error, "ENOENT")) return false;
      if (!hasCode(error, "EEXIST")) throw error;
      return true;
    }
    await syncPath(dirname(folder));
    return true;
  }
}
