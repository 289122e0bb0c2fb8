import type { Split } from "../manifest.ts";
import { splitOfFolders } from "../paths/split-words.ts";
import type { DatasetFile } from "./dataset-index.ts";
import { inTurns } from "./turns.ts";

/** Several files could be meant. */
const SEVERAL = Symbol("several files");
const MAX_NAME_PARTS = 40;

/**
 * Finds the file that an annotation means. O(files x depth) to build, O(places + parts of the name) to ask, whatever
 * the names.
 */
export class FileLookup {
  readonly #files = new Map<string, DatasetFile>();
  /** By every ending of its path that begins at a folder or at the name. */
  readonly #endings = new Map<string, DatasetFile | typeof SEVERAL>();
  readonly #folders = new Set<string>();

  private constructor() {}

  static async of(files: readonly DatasetFile[]): Promise<FileLookup> {
    const lookup = new FileLookup();
    for await (const file of inTurns(files)) lookup.#add(file);
    return lookup;
  }

  #add(file: DatasetFile): void {
    this.#files.set(file.path, file);
    for (const folder of file.path.split("/").slice(0, -1)) this.#folders.add(folder);
    for (let at = 0; at >= 0; at = file.path.indexOf("/", at) + 1 || -1) {
      const ending = file.path.slice(at);
      this.#endings.set(ending, this.#endings.has(ending) ? SEVERAL : file);
    }
  }

  /** The file of exactly this path. */
  at(path: string): DatasetFile | undefined {
    return this.#files.get(path);
  }

  /**
   * The file that a name means:
   * 1. below one of the folders, the first that has it;
   * 2. the only file whose path ends so, unless it lies in another split's folder;
   * 3. the same without outer folders that the dataset does not have: paths of the machine where it was made.
   *
   * @param name as an annotation has it: backslashes, `./` and absolute paths are understood
   * @param folders with a slash at the end, `""` for the dataset's root
   * @returns undefined where no file, or more than one, can be meant
   */
  find(name: string, folders: readonly string[], split: Split | null): DatasetFile | undefined {
    const slashed = name.replaceAll("\\", "/").normalize("NFC");
    const parts = slashed.split("/").filter((part) => part !== "" && part !== ".");
    if (parts.length > MAX_NAME_PARTS || parts.includes("..")) return undefined;
    const absolute = /^(\/|[a-z]:)/i.test(slashed);
    const last = absolute ? parts.length - 1 : Math.max(0, parts.length - 2);
    for (let from = 0; from <= last; from++) {
      const found = this.#below(parts.slice(from).join("/"), folders, split);
      if (found !== undefined) return found;
      if (this.#folders.has(parts[from] ?? "")) return undefined;
    }
    return undefined;
  }

  #below(name: string, folders: readonly string[], split: Split | null): DatasetFile | undefined {
    for (const folder of folders) {
      const file = this.#files.get(folder + name);
      if (file !== undefined) return file;
    }
    const file = this.#endings.get(name);
    if (file === undefined || file === SEVERAL) return undefined;
    const other = split === null ? null : splitOfFolders(file.path);
    return other === null || other === split ? file : undefined;
  }
}

/** The folder of a path, with its slash; `""` for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The name of a path without folders and without what follows its last dot. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
