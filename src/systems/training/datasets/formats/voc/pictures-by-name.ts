import type { DatasetFile } from "../../index/dataset-index.ts";
import { type FileLookup, folderOf, stemOf } from "../../index/file-lookup.ts";

/** Finds the picture that an annotation of VOC is about. */
export class PicturesByName {
  readonly #lookup: FileLookup;
  /** By folder and name without its extension. */
  readonly #byStem = new Map<string, DatasetFile>();
  readonly #folders = new Map<string, readonly string[]>();

  constructor(files: readonly DatasetFile[], lookup: FileLookup) {
    this.#lookup = lookup;
    for (const file of files)
      if (file.isImage) this.#byStem.set(folderOf(file.path) + stemOf(file.path), file);
  }

  /**
   * The picture called like the annotation, beside it or in the folder of pictures; else the one that it names.
   * @param path of the annotation
   * @param named what it calls its picture; may be empty, and of another machine
   */
  find(path: string, named: string): DatasetFile | undefined {
    const folder = folderOf(path);
    const folders = this.#folders.get(folder) ?? pictureFolders(folder);
    this.#folders.set(folder, folders);
    const stem = stemOf(path);
    for (const candidate of folders) {
      const file = this.#byStem.get(candidate + stem);
      if (file !== undefined) return file;
    }
    return named === "" ? undefined : this.#lookup.find(named, folders, null);
  }
}

/** Folders where the picture of an annotation may lie, the likeliest first. */
function pictureFolders(folder: string): string[] {
  const swapped = ["JPEGImages/", "images/"].map((name) =>
    folder.replace(/(^|\/)annotations\//i, `$1${name}`),
  );
  const parent = folderOf(folder.slice(0, -1));
  return [...new Set([folder, ...swapped, `${parent}JPEGImages/`, `${parent}images/`, parent])];
}
