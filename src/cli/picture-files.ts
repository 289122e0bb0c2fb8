import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { naturalOrder } from "../algorithms/text/natural-order.ts";
import type { FilePart } from "../client/index.ts";
import { userError } from "../platform/errors/quatrain-error.ts";

const PICTURE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

/** Whether a file is called like a picture. */
export function isPictureName(name: string): boolean {
  return PICTURE.test(name);
}

/**
 * The picture files that paths stand for; a folder stands for the pictures in it, in order of their names: 2 before 10.
 * @throws QuatrainError `no_such_file` or `no_pictures` (400)
 */
export async function listPictures(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => null);
    if (facts === null) throw userError("no_such_file", 400, `There is no ${path}`);
    if (!facts.isDirectory()) found.push(path);
    else {
      const names = (await readdir(path)).filter(isPictureName).sort(naturalOrder);
      if (names.length === 0) throw userError("no_pictures", 400, `There are no pictures in ${path}`);
      found.push(...names.map((name) => join(path, name)));
    }
  }
  return found;
}

/** @throws QuatrainError `no_such_file` (400) */
export async function requireFile(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw userError("no_such_file", 400, `There is no file ${path}`);
}

/** A file to send, read only as it is sent. */
export async function filePart(path: string): Promise<FilePart> {
  return { filename: basename(path), content: await openAsBlob(path) };
}

export function fileParts(paths: readonly string[]): Promise<FilePart[]> {
  return Promise.all(paths.map(filePart));
}
