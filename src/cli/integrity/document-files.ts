import { access, constants, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FilePart } from "../../client/index.ts";
import { messageOf, userError } from "../../platform/errors/quatrain-error.ts";
import { filePart } from "../picture-files.ts";

const DOCUMENT = /\.(pdf|docx|odt|html?|md|markdown|txt)$/i;
/** Hidden files, and the locks that word processors leave beside an open document. */
const PASSED_OVER = /^(\.|~\$)/;

/**
 * The documents that paths stand for; a folder stands for those in it and below it, in order of their paths.
 * @throws QuatrainError `no_such_file` or `no_documents` (400)
 */
export async function listDocuments(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => null);
    if (facts === null) throw userError("no_such_file", 400, `There is no ${path}`);
    if (!facts.isDirectory()) found.push(path);
    else {
      const within = await documentsWithin(path);
      if (within.length === 0) {
        throw userError(
          "no_documents",
          400,
          `There are no documents (PDF, DOCX, ODT, HTML, MD, TXT) in ${path}`,
        );
      }
      found.push(...within);
    }
  }
  return [...new Set(found)];
}

async function documentsWithin(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    if (PASSED_OVER.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await documentsWithin(path)));
    else if (entry.isFile() && DOCUMENT.test(entry.name)) found.push(path);
  }
  return found;
}

/** A document to send. @throws QuatrainError `unreadable_file` (400) */
export async function documentPart(path: string): Promise<FilePart> {
  try {
    await access(path, constants.R_OK);
    return await filePart(path);
  } catch (error) {
    throw userError("unreadable_file", 400, `${path} cannot be read: ${messageOf(error)}`);
  }
}
