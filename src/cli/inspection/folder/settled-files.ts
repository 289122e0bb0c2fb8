/** A file as a look at the folder found it. */
export interface SeenFile {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Tells which files have come to rest: their size and time were the same at two looks one after the other. */
export class SettledFiles {
  #before = new Map<string, string>();

  /** Takes a look; yields the files that did not change since the last one, in order of their time, then name. */
  look(files: readonly SeenFile[]): SeenFile[] {
    const now = new Map(files.map((file) => [file.name, markOf(file)]));
    const settled = files.filter(
      (file) => file.size > 0 && this.#before.get(file.name) === now.get(file.name),
    );
    this.#before = now;
    return settled.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
  }
}

/** A file's state as text: another size or time is another file. */
export function markOf({ size, mtimeMs }: Omit<SeenFile, "name">): string {
  return `${size} ${Math.round(mtimeMs)}`;
}
