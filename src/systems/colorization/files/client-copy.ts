import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { userError } from "../../../platform/errors/quatrain-error.ts";

/** What a folder that a client named may lack. */
const FAULTS: Readonly<Record<string, string>> = {
  EEXIST: "a file of that name is in the way",
  ENOTDIR: "a file of that name is in the way",
  EISDIR: "a folder of that name is in the way",
  ENOTEMPTY: "a folder of that name is in the way",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links lead in a circle",
  ENOENT: "it goes while it is written",
  EACCES: "this server may not write there",
  EPERM: "this server may not write there",
  EROFS: "it is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

/**
 * Writes a file into a folder that a client named: whole or not at all. A link of that name is replaced, never followed.
 * @param field what the client called the folder with
 * @param folder absolute, known to lie inside the roots
 * @returns the file's path
 * @throws QuatrainError `output_not_writable` (400)
 */
export async function writeClientCopy(
  field: string,
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> {
  const [path, temporary] = [join(folder, name), join(folder, `.${randomUUID()}.part`)];
  try {
    await mkdir(folder, { recursive: true });
    await writeSynced(temporary, bytes);
    await rename(temporary, path);
    return path;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const { code = "" } = error as NodeJS.ErrnoException;
    const fault = FAULTS[code];
    if (fault === undefined) throw error;
    throw userError(
      "output_not_writable",
      400,
      `${field} cannot be written: ${fault}. Name another folder.`,
      {
        field,
      },
    );
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
