import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { ClientPaths } from "../client-paths.ts";
import { naturalOrder } from "../files/comic/natural-order.ts";
import { openComic } from "../files/comic/open-comic.ts";
import type { UploadStore } from "../store/upload-store.ts";

export interface ReadInputsDeps {
  readonly store: FileStore;
  readonly uploads: UploadStore;
  readonly paths: ClientPaths;
  readonly limits: { readonly maxFileBytes: number };
}

/** A page before it is stored. */
export interface InputPage {
  /** As its sender named it. */
  readonly source: string;
  read(): Promise<Buffer>;
}

export const MAX_PAGES = 2_000;
const MAX_CHAPTER_BYTES = 20 * 2 ** 30;
const PICTURE = /\.(png|jpe?g|webp|gif|bmp|tiff?)$/i;
const ARCHIVE = /\.(zip|cbz)$/i;

/**
 * The pages that a client's word means: an upload's id, a folder, a picture or an archive.
 * @throws QuatrainError `input_missing` (404), `no_pages`, `path_not_allowed` (400), `too_many_pages` (413)
 */
export async function readInputs(
  deps: ReadInputsDeps,
  field: string,
  word: string,
  work: (pages: readonly InputPage[]) => Promise<void>,
): Promise<void> {
  const upload = await deps.uploads.find(word);
  if (upload !== null) {
    const pages = upload.files.map(({ name, key }) => ({ source: name, read: () => deps.store.read(key) }));
    return work(demandPages(pages, word));
  }
  const place = await deps.paths.locate(field, word);
  const facts = await stat(place).catch(() => null);
  if (facts === null) throw missing(field, word);
  if (facts.isDirectory()) return work(demandPages(await folderPages(place, deps.limits.maxFileBytes), word));
  if (ARCHIVE.test(place)) return archivePages(place, deps.limits.maxFileBytes, work);
  return work([filePage(place, facts.size, deps.limits.maxFileBytes)]);
}

/** One picture that a client's word means. @throws QuatrainError `input_missing` (404), `no_pages` (400) */
export async function readPicture(deps: ReadInputsDeps, field: string, word: string): Promise<Buffer> {
  let picture: Buffer | null = null;
  await readInputs(deps, field, word, async ([first]) => {
    picture = await first!.read();
  });
  return picture!;
}

function demandPages(pages: readonly InputPage[], word: string): readonly InputPage[] {
  if (pages.length === 0) {
    throw userError(
      "no_pages",
      400,
      `There is no picture in ${word.slice(0, 300)}: put pages there as png, jpg or webp`,
    );
  }
  if (pages.length > MAX_PAGES)
    throw userError("too_many_pages", 413, `There are more than ${MAX_PAGES} pages`);
  return pages;
}

async function folderPages(folder: string, maxBytes: number): Promise<InputPage[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && PICTURE.test(entry.name) && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort(naturalOrder);
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return filePage(path, (await stat(path)).size, maxBytes);
    }),
  );
}

function filePage(path: string, bytes: number, maxBytes: number): InputPage {
  return {
    source: basename(path),
    read: async () => {
      if (bytes > maxBytes)
        throw userError("too_large", 413, `${basename(path)} has more than ${maxBytes} bytes`);
      return buffer(createReadStream(path));
    },
  };
}

async function archivePages(
  path: string,
  maxPageBytes: number,
  work: (pages: readonly InputPage[]) => Promise<void>,
): Promise<void> {
  const comic = await openComic(path, { maxPages: MAX_PAGES, maxPageBytes, maxBytes: MAX_CHAPTER_BYTES });
  try {
    await work(
      comic.pages.map((page) => ({ source: page.path, read: () => buffer(comic.read(page) as Readable) })),
    );
  } finally {
    comic.close();
  }
}

function missing(field: string, word: string) {
  return userError("input_missing", 404, `${field} does not exist: ${word.slice(0, 300)}`, { field });
}
