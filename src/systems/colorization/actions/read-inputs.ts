import { createReadStream, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { naturalOrder } from "../../../algorithms/text/natural-order.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { ClientPaths } from "../client-paths.ts";
import { readComicInfo } from "../files/comic/comic-info.ts";
import { openComic } from "../files/comic/open-comic.ts";
import { isNamedAsPicture } from "../files/picture-names.ts";
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
  /** @throws QuatrainError 4xx where this page cannot be read */
  read(): Promise<Buffer>;
}

/** Given the pages in order, and what a comic says of itself. */
type WorkOnInputs = (pages: readonly InputPage[], comicInfo: Uint8Array | null) => Promise<void>;

export const MAX_PAGES = 2_000;
const MAX_CHAPTER_BYTES = 20 * 2 ** 30;
const ARCHIVE = /\.(zip|cbz|rar|cbr|7z|cb7)$/i;

/**
 * The pages that a client's word means: an upload's id, a folder, a picture or an archive.
 * @throws QuatrainError `input_missing` (404), `no_pages`, `path_not_allowed` (400), `too_many_pages` (413), and what
 * `openComic` throws
 */
export async function readInputs(
  deps: ReadInputsDeps,
  field: string,
  word: string,
  work: WorkOnInputs,
): Promise<void> {
  const upload = await deps.uploads.find(word);
  if (upload !== null) {
    const pages = upload.files.map(({ name, key, error }) => ({
      source: name,
      read: async () => {
        if (error !== undefined) throw userError("page_not_received", 400, error);
        return deps.store.read(key);
      },
    }));
    return work(
      demandPages(pages, word),
      word === upload.id ? await readComicInfo(deps.store, `uploads/${upload.id}`) : null,
    );
  }
  const place = await deps.paths.locate(field, word);
  const facts = await stat(place).catch(() => null);
  if (facts === null) throw missing(field, word);
  if (facts.isDirectory()) return work(demandPages(await folderPages(deps, field, place), word), null);
  if (ARCHIVE.test(place) && facts.isFile()) return archivePages(place, deps.limits.maxFileBytes, work);
  return work([{ source: basename(place), read: () => readClientFile(deps, field, place) }], null);
}

/** One picture that a client's word means. @throws QuatrainError `input_missing` (404), `no_pages` (400) */
export async function readPicture(deps: ReadInputsDeps, field: string, word: string): Promise<Buffer> {
  let picture: Buffer | null = null;
  await readInputs(deps, field, word, async ([first]) => {
    picture = await first!.read();
  });
  return picture!;
}

/**
 * A file that a client named.
 * @throws QuatrainError `input_missing` (404), `not_a_file`, `input_unreadable`, `path_not_allowed` (400), `too_large` (413)
 */
export async function readClientFile(
  { paths, limits }: ReadInputsDeps,
  field: string,
  word: string,
): Promise<Buffer> {
  const place = await paths.locate(field, word);
  const name = basename(place);
  const facts: Stats | null = await stat(place).catch(() => null);
  if (facts === null) throw missing(field, word);
  // a pipe would be waited for without end
  if (!facts.isFile()) throw userError("not_a_file", 400, `${name} is no file`, { field });
  const tooLarge = () => userError("too_large", 413, `${name} has more than ${limits.maxFileBytes} bytes`);
  if (facts.size > limits.maxFileBytes) throw tooLarge();
  const bytes = await buffer(createReadStream(place, { end: limits.maxFileBytes })).catch(
    (error: unknown) => {
      const { code = "unknown" } = error as NodeJS.ErrnoException;
      throw userError("input_unreadable", 400, `${name} cannot be read by this server (${code})`, { field });
    },
  );
  if (bytes.length > limits.maxFileBytes) throw tooLarge();
  return bytes;
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

/** Links count as pages: one that leads out of the roots is refused when it is read, and said. */
async function folderPages(deps: ReadInputsDeps, field: string, folder: string): Promise<InputPage[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw userError("input_unreadable", 400, `${field} cannot be read by this server (${code})`, { field });
  });
  return entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isNamedAsPicture(entry.name))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith("."))
    .sort(naturalOrder)
    .map((name) => ({
      source: name,
      read: () => readClientFile(deps, `${field}/${name}`, join(folder, name)),
    }));
}

async function archivePages(path: string, maxPageBytes: number, work: WorkOnInputs): Promise<void> {
  const comic = await openComic(path, { maxPages: MAX_PAGES, maxPageBytes, maxBytes: MAX_CHAPTER_BYTES });
  try {
    await work(
      comic.pages.map((page) => ({ source: page.path, read: () => buffer(comic.read(page)) })),
      comic.comicInfo,
    );
  } finally {
    comic.close();
  }
}

function missing(field: string, word: string) {
  return userError("input_missing", 404, `${field} does not exist: ${word.slice(0, 300)}`, { field });
}
