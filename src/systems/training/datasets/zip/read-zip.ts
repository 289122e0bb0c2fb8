import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { openPromise, type ZipFile } from "yauzl";
import { eachAtOnce } from "../paths/at-once.ts";
import { listEntries, type ZipItem } from "./list-entries.ts";
import { asBadArchive, badArchive } from "./zip-refusals.ts";

export interface ZipOptions {
  /** Unpacked, all entries together. */
  readonly maxBytes: number;
  /** Entries that are handed out at a time. */
  readonly atOnce?: number;
}

export interface ZipReport {
  /** Entries that were handed out. */
  readonly files: number;
  /** Hidden files and what file managers leave behind. */
  readonly skipped: number;
  /** Archives inside the archive: not unpacked. */
  readonly nested: readonly string[];
}

/**
 * Hands out the files of a ZIP archive as streams, never whole, in the order of the archive. Paths are those of
 * `safePath`, without a folder that wraps the whole dataset. The whole archive is checked before the first file
 * is handed out, sizes and checksums (CRC-32) as the files are read: a stream fails with `bad_archive` at its end.
 *
 * @param file a path on this machine
 * @param onEntry takes the stream to its end, or leaves it; its failure ends the reading
 * @throws QuatrainError `bad_archive`, `unsafe_path`, `duplicate_path`, `archive_encrypted`, `archive_bomb` (400),
 * `too_many_entries`, `archive_too_large` (413)
 */
export async function readZip(
  file: string,
  options: ZipOptions,
  onEntry: (path: string, content: Readable, bytes: number) => Promise<void>,
): Promise<ZipReport> {
  const zip = await inWords("The archive", () =>
    openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false }),
  );
  try {
    const { items, skipped, nested } = await inWords("The archive", () => listEntries(zip, options.maxBytes));
    await eachAtOnce(items, options.atOnce ?? 1, async (item) => {
      const content = Readable.from(unpacked(zip, item), { objectMode: false });
      try {
        await onEntry(item.path, content, item.bytes);
      } finally {
        content.destroy();
      }
    });
    return { files: items.length, skipped, nested };
  } finally {
    zip.close();
  }
}

async function* unpacked(zip: ZipFile, { entry, path }: ZipItem): AsyncGenerator<Buffer> {
  const where = `The archive's entry ${JSON.stringify(path)}`;
  const source = await inWords(where, () => zip.openReadStreamPromise(entry));
  const chunks = source[Symbol.asyncIterator]();
  let checksum = 0;
  try {
    for (;;) {
      const { done, value } = await inWords(where, () => chunks.next());
      if (done === true) break;
      checksum = crc32(value, checksum);
      yield value;
    }
  } finally {
    source.destroy();
  }
  if (checksum !== entry.crc32) throw badArchive(`${where} is damaged: its checksum is another`);
}

async function inWords<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asBadArchive(error, where);
  }
}
