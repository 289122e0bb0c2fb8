import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { naturalOrder } from "../../../../algorithms/text/natural-order.ts";
import type { ZipItem } from "../../../../platform/archives/list-entries.ts";
import { type OpenZip, openZip } from "../../../../platform/archives/open-zip.ts";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import { isNamedAsPicture } from "../picture-names.ts";

export interface ComicLimits {
  readonly maxPages: number;
  /** Unpacked, of one page. */
  readonly maxPageBytes: number;
  /** Unpacked, everything together. */
  readonly maxBytes: number;
}

export interface ComicPage {
  /** Inside the archive: safe and relative. */
  readonly path: string;
  readonly bytes: number;
}

/** A zip or cbz with pages. Whoever opened it closes it. */
export interface OpenComic {
  /** As readers of comics order them: 1, 2, 10. */
  readonly pages: readonly ComicPage[];
  /** What was left out and why, in words; at most 101 lines. */
  readonly skipped: readonly string[];
  /** `ComicInfo.xml` as it is, to be put into the coloured archive; null where there is none. */
  readonly comicInfo: Uint8Array | null;
  /** A page's content, checked on the way: it fails with `bad_archive` where it is damaged. */
  read(page: ComicPage): Readable;
  close(): void;
}

/** Folders, and what file managers put beside each file, are entries too. */
const ENTRIES_PER_PAGE = 3;
const COMIC_INFO = /(^|\/)comicinfo\.xml$/i;
const MAX_COMIC_INFO_BYTES = 2 ** 20;
const MAX_SKIPPED_LINES = 100;

/**
 * Opens a chapter. Pages are what is named like a picture: whether it is one shows when it is decoded, so that a
 * damaged page fails alone. Archives inside the archive are not unpacked, but listed.
 *
 * @param file a path on this machine
 * @throws QuatrainError what `openZip` throws; `unsupported_archive`, `no_pages` (400), `too_many_pages`,
 * `page_too_large` (413)
 */
export async function openComic(file: string, limits: ComicLimits): Promise<OpenComic> {
  if ((await archiveKind(file)) === "other")
    throw userError(
      "unsupported_archive",
      400,
      "RAR and 7z archives (cbr, cb7) are not read. Pack the pages as zip or cbz.",
    );
  const zip = await openZip(file, {
    maxBytes: limits.maxBytes,
    maxEntries: ENTRIES_PER_PAGE * limits.maxPages,
  });
  try {
    return await comicOf(zip, limits);
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function comicOf(zip: OpenZip, limits: ComicLimits): Promise<OpenComic> {
  const pictures = zip.items.filter(({ path }) => isNamedAsPicture(path));
  const pages = pictures.sort((a, b) => naturalOrder(a.path, b.path));
  demandPages(pages, zip.nested, limits);
  const info = zip.items.find(({ path, bytes }) => COMIC_INFO.test(path) && bytes <= MAX_COMIC_INFO_BYTES);
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return {
    pages: pages.map(({ path, bytes }) => ({ path, bytes })),
    skipped: skippedLines(zip, info),
    comicInfo: info === undefined ? null : await buffer(zip.read(info)),
    read: ({ path }) => {
      const item = byPath.get(path);
      if (item === undefined) throw new RangeError(`${path} is no page of this archive`);
      return zip.read(item);
    },
    close: () => zip.close(),
  };
}

function demandPages(
  pages: readonly ZipItem[],
  nested: readonly string[],
  { maxPages, maxPageBytes }: ComicLimits,
): void {
  if (pages.length === 0) {
    const inside = nested.slice(0, 3).map((path) => JSON.stringify(path));
    throw userError(
      "no_pages",
      400,
      nested.length === 0
        ? "The archive holds no pictures. Pack the pages as PNG, JPEG or WebP."
        : `The archive holds no pictures but other archives (${inside.join(", ")}), which are not unpacked. Send each by itself.`,
    );
  }
  if (pages.length > maxPages)
    throw userError(
      "too_many_pages",
      413,
      `The archive has ${pages.length} pages, at most ${maxPages} are allowed. Send it in parts.`,
    );
  const large = pages.find(({ bytes }) => bytes > maxPageBytes);
  if (large !== undefined)
    throw userError(
      "page_too_large",
      413,
      `${JSON.stringify(large.path)} has more than ${maxPageBytes} bytes. Save that page smaller.`,
      { page: large.path },
    );
}

function skippedLines({ items, nested, skipped }: OpenZip, info: ZipItem | undefined): string[] {
  const others = items.filter((item) => item !== info && !isNamedAsPicture(item.path));
  const lines = [
    ...nested.map((path) => `${JSON.stringify(path)}: an archive inside the archive is not unpacked`),
    ...others.map(({ path }) => `${JSON.stringify(path)}: no picture by its name`),
    ...(skipped === 0 ? [] : [`${skipped} hidden files`]),
  ];
  const more = lines.length - MAX_SKIPPED_LINES;
  return more > 0 ? [...lines.slice(0, MAX_SKIPPED_LINES), `and ${more} more`] : lines;
}

/** What a file is by its first bytes: cbr and cb7 are common, and no ZIP files. Null for what is no archive. */
export async function archiveKind(file: string): Promise<"zip" | "other" | null> {
  const handle = await open(file);
  try {
    const { buffer: start } = await handle.read(Buffer.alloc(6), 0, 6, 0);
    const magic = start.toString("latin1");
    if (magic.startsWith("PK")) return "zip";
    return magic.startsWith("Rar!") || magic.startsWith("7z\xbc\xaf") ? "other" : null;
  } finally {
    await handle.close();
  }
}
