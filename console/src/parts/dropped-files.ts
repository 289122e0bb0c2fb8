import type { GivenFile } from "./drop-zone.tsx";

/** More than any server takes at once; a home folder dropped by mistake ends here. */
const MOST_FILES = 100_000;

/** Every file of what was dropped, folders and theirs included, in the order of their paths. */
export async function filesOf({ items, files }: DataTransfer): Promise<readonly GivenFile[]> {
  // the list empties itself after the event: entries are taken before anything is awaited
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...files].map((file) => ({ file, path: file.name }));
  const found: GivenFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return found.sort((one, other) => one.path.localeCompare(other.path, "en", { numeric: true }));
}

async function collect(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // a hundred at most each time, until there is none
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const inner of some) await collect(inner, found);
  }
}
