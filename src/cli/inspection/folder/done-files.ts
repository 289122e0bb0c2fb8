import { type FileHandle, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { InspectedFile } from "./inspect-file.ts";
import { markOf, type SeenFile } from "./settled-files.ts";

/** A result with the state of the file that it belongs to. */
export interface DoneFile extends InspectedFile {
  readonly size: number;
  readonly mtime_ms: number;
  readonly inspected_at: string;
}

/**
 * What a watched folder has behind it: `results.jsonl`, one line per file, on disk before the next file is begun. A
 * watch that was killed goes on where this ends; at most the file that it was at is inspected again.
 */
export class DoneFiles {
  readonly #results: FileHandle;
  readonly #done: Map<string, { mark: string; result: DoneFile }>;

  private constructor(results: FileHandle, done: Map<string, { mark: string; result: DoneFile }>) {
    this.#results = results;
    this.#done = done;
  }

  static async open(outDir: string): Promise<DoneFiles> {
    const path = join(outDir, "results.jsonl");
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return "";
    });
    const done = new Map<string, { mark: string; result: DoneFile }>();
    for (const line of text.split("\n")) {
      const result = parsed(line);
      if (result !== null)
        done.set(result.file, { mark: markOf({ size: result.size, mtimeMs: result.mtime_ms }), result });
    }
    const results = await open(path, "a");
    if (text !== "" && !text.endsWith("\n")) await results.write("\n"); // a line that a kill tore
    return new DoneFiles(results, done);
  }

  /** The result of a file in exactly this state; null when it has none. */
  find(file: SeenFile): DoneFile | null {
    const known = this.#done.get(file.name);
    return known?.mark === markOf(file) ? known.result : null;
  }

  /** Durable when it resolves. */
  async add(file: SeenFile, inspected: InspectedFile): Promise<DoneFile> {
    const inspectedAt = new Date().toISOString();
    const result = {
      ...inspected,
      size: file.size,
      mtime_ms: Math.round(file.mtimeMs),
      inspected_at: inspectedAt,
    };
    await this.#results.write(`${JSON.stringify(result)}\n`);
    await this.#results.datasync();
    this.#done.set(file.name, { mark: markOf(file), result });
    return result;
  }

  /** Forgets files that are no longer in the folder: memory does not grow with what has passed through it. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#done.keys()) if (!names.has(name)) this.#done.delete(name);
  }

  async close(): Promise<void> {
    await this.#results.close();
  }
}

function parsed(line: string): DoneFile | null {
  try {
    const result = JSON.parse(line) as Partial<DoneFile> | null;
    const sound =
      typeof result?.file === "string" &&
      typeof result.size === "number" &&
      typeof result.mtime_ms === "number";
    return sound ? (result as DoneFile) : null;
  } catch {
    return null; // empty, or torn by a kill: the file is inspected again
  }
}

/** Moves a file that is done into a folder of its decision; a name that is taken there gets a number. */
export async function moveDone(path: string, name: string, folder: string): Promise<string> {
  for (let number = 0; ; number++) {
    const target = join(folder, number === 0 ? name : name.replace(/(\.[^.]*)?$/, `-${number}$1`));
    const isTaken = await open(target, "wx").then(
      (reserved) => reserved.close().then(() => false),
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
        return true;
      },
    );
    if (isTaken) continue;
    await moveOver(path, target); // over the empty file that keeps the name
    return target;
  }
}

/** Renames; onto another disk or share copies, and removes the original once the copy is durable. */
async function moveOver(path: string, target: string): Promise<void> {
  try {
    await rename(path, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const copy = await open(target, "r+");
    try {
      await copy.writeFile(await readFile(path));
      await copy.sync();
    } finally {
      await copy.close();
    }
    await rm(path);
  }
}
