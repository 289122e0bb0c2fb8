import { constants } from "node:fs";
import { copyFile, link, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hasCode } from "../storage-errors.ts";
import { listFolder } from "./list-folder.ts";

/**
 * The same tree of files under another folder. Files are replaced whole and never edited, so a hard link keeps
 * the content it had; where links cannot be made, the file is copied. Not synced: a snapshot is for archiving.
 */
export async function linkFiles(root: string, targetFolder: string): Promise<void> {
  await mkdir(targetFolder, { recursive: true });
  for await (const { key } of listFolder(root, "")) {
    const target = join(targetFolder, key);
    await mkdir(dirname(target), { recursive: true });
    await link(join(root, key), target).catch(async (error: unknown) => {
      if (!hasCode(error, "EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK")) throw error;
      await copyFile(join(root, key), target, constants.COPYFILE_FICLONE);
    });
  }
}
