import { open, stat } from "node:fs/promises";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import { type FolderFiles, listFolder } from "./folder-files.ts";

/** What a path stands for. */
export type Source =
  | ({ readonly kind: "folder" } & FolderFiles)
  | { readonly kind: "archive"; readonly path: string; readonly bytes: number };

/**
 * Looks what a path is.
 * @throws QuatrainError `no_such_file`, `no_archive`, `no_pictures`, `unreadable_file`, `unreadable_folder` (400)
 */
export async function openSource(path: string): Promise<Source> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw userError("no_such_file", 400, `There is no ${path}`);
  if (facts.isDirectory()) return { kind: "folder", ...(await listFolder(path)) };
  if (!(await isArchive(path)))
    throw userError("no_archive", 400, `${path} is neither a folder nor a zip archive: unpack it first`);
  return { kind: "archive", path, bytes: facts.size };
}

/** An entry, the end of an empty archive, the first part of a divided one. */
const ARCHIVE_BEGINNINGS = new Set(["504b0304", "504b0506", "504b0708"]);

async function isArchive(path: string): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    throw userError("unreadable_file", 400, `${path} cannot be read: ${messageOf(error)}`);
  });
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return ARCHIVE_BEGINNINGS.has(buffer.toString("hex"));
  } finally {
    await file.close();
  }
}
