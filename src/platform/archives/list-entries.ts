import type { Entry, ZipFile } from "yauzl";
import { userError } from "../errors/quatrain-error.ts";
import { entryName } from "./entry-name.ts";
import { safePath, unsafePath } from "./safe-path.ts";
import { MAX_ENTRIES, MAX_RATIO, RATIO_FROM_BYTES, TOTAL_RATIO_FROM_BYTES } from "./zip-limits.ts";
import { badArchive } from "./zip-refusals.ts";

/** A file in an archive. */
export interface ZipItem {
  /** Safe and relative: what `safePath` makes of its name. */
  readonly path: string;
  /** Unpacked, as the archive says; more or fewer do not come out. */
  readonly bytes: number;
  readonly entry: Entry;
}

export interface ZipList {
  readonly items: readonly ZipItem[];
  /** Hidden files and what file managers leave behind. */
  readonly skipped: number;
  /** Archives inside the archive: not unpacked. */
  readonly nested: readonly string[];
}

const ARCHIVE = /\.(zip|cbz|tar|cbt|tgz|gz|bz2|xz|zst|7z|cb7|rar|cbr)$/i;
/** File types of Unix, in the upper half of the external attributes. */
const TYPE_BITS = 0o170000;
const [LINK, REGULAR, NO_TYPE] = [0o120000, 0o100000, 0];
const MADE_ON_UNIX = 3;

/**
 * The files of an archive, checked before any is unpacked: O(entries), names and sizes in memory.
 * @throws QuatrainError `unsafe_path`, `duplicate_path`, `archive_encrypted`, `archive_bomb`, `bad_archive` (400),
 * `too_many_entries`, `archive_too_large` (413)
 */
export async function listEntries(
  zip: ZipFile,
  { maxBytes, maxEntries = MAX_ENTRIES }: { readonly maxBytes: number; readonly maxEntries?: number },
): Promise<ZipList> {
  if (zip.entryCount > maxEntries)
    throw userError(
      "too_many_entries",
      413,
      `The archive has ${zip.entryCount} entries, at most ${maxEntries} are allowed. Send it in parts.`,
    );
  const items = new Map<string, ZipItem>();
  const nested: string[] = [];
  let skipped = 0;
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry);
    const path = safePath(isFolder(entry, name) ? `${name}folder` : name);
    if (path === null) skipped++;
    else if (isFolder(entry, name)) continue;
    else if (ARCHIVE.test(path)) nested.push(path);
    else {
      checkEntry(entry, path);
      total += entry.uncompressedSize;
      if (total > maxBytes) throw tooLarge(maxBytes);
      if (items.has(path)) throw duplicate(path);
      items.set(path, { path, bytes: entry.uncompressedSize, entry: withoutText(entry) });
    }
  }
  if (total > TOTAL_RATIO_FROM_BYTES && total > MAX_RATIO * zip.fileSize)
    throw bomb("The archive", "Pack it again, without compression.");
  demandApart([...items.values()]);
  return { items: [...items.values()], skipped, nested };
}

const LEAST_HEADER_BYTES = 30;

/**
 * Refuses entries that share bytes of the archive, from which a small file unpacks to no end.
 * Source: Fifield, "A better zip bomb", WOOT 2019.
 */
function demandApart(items: readonly ZipItem[]): void {
  const inOrder = items.toSorted(
    (a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader,
  );
  let end = 0;
  for (const { path, entry } of inOrder) {
    const { relativeOffsetOfLocalHeader: start, compressedSize } = entry;
    if (start < end)
      throw badArchive(
        `The archive's entry ${JSON.stringify(path)} lies within another entry, which no program packs`,
      );
    end = start + LEAST_HEADER_BYTES + compressedSize;
  }
}

function isFolder(entry: Entry, name: string): boolean {
  return /[/\\]$/.test(name.slice(-1)) && entry.uncompressedSize === 0;
}

function checkEntry(entry: Entry, path: string): void {
  const type =
    entry.versionMadeBy >> 8 === MADE_ON_UNIX ? (entry.externalFileAttributes >>> 16) & TYPE_BITS : 0;
  if (type === LINK) throw unsafePath(path, "it is a symbolic link; put the file itself into the archive");
  if (type !== REGULAR && type !== NO_TYPE) throw unsafePath(path, "it is no regular file");
  if (entry.isEncrypted())
    throw userError(
      "archive_encrypted",
      400,
      `The archive's entry ${JSON.stringify(path)} is encrypted. Pack it without a password.`,
    );
  if (!entry.canDecodeFileData())
    throw badArchive(
      `The archive's entry ${JSON.stringify(path)} is packed by method ${entry.compressionMethod}; only stored and deflated entries are read`,
    );
  const { compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > MAX_RATIO * compressedSize)
    throw bomb(`The archive's entry ${JSON.stringify(path)}`, "Send that file outside of an archive.");
}

function bomb(what: string, todo: string) {
  return userError(
    "archive_bomb",
    400,
    `${what} would unpack to more than ${MAX_RATIO} times its size. ${todo}`,
  );
}

function tooLarge(maxBytes: number) {
  return userError(
    "archive_too_large",
    413,
    `The archive unpacks to more than ${maxBytes} bytes, which is the limit. Send it in parts.`,
    { maxBytes },
  );
}

function duplicate(path: string) {
  return userError(
    "duplicate_path",
    400,
    `The archive holds ${JSON.stringify(path)} twice. Pack it again from one folder.`,
    { path },
  );
}

/** Names, comments and extra fields may be 190 KB an entry; nothing after this needs them. */
function withoutText(entry: Entry): Entry {
  const none = Buffer.alloc(0);
  return Object.assign(entry, {
    fileName: "",
    fileNameRaw: none,
    extraFieldRaw: none,
    extraFields: [],
    fileComment: "",
    fileCommentRaw: none,
    comment: "",
  });
}
