import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { openPromise, type ZipFile } from "yauzl";
import { listEntries, type ZipItem, type ZipList } from "./list-entries.ts";
import { asBadArchive, badArchive } from "./zip-refusals.ts";

/** A ZIP archive whose entries were all checked. Whoever opened it closes it. */
export interface OpenZip extends ZipList {
  /** An entry's content, never whole. Sizes and checksum (CRC-32) are checked on the way: it fails with `bad_archive`. */
  read(item: ZipItem): Readable;
  close(): void;
}

export interface OpenZipOptions {
  /** Unpacked, all entries together. */
  readonly maxBytes: number;
  /** Folders included; 100,000 if left out. More are refused before any is read. */
  readonly maxEntries?: number;
}

/**
 * Opens a ZIP archive and checks names, sizes and kinds of all of its entries: O(entries). Nothing is unpacked yet.
 *
 * @param file a path on this machine
 * @throws QuatrainError `bad_archive`, `unsafe_path`, `duplicate_path`, `archive_encrypted`, `archive_bomb` (400),
 * `too_many_entries`, `archive_too_large` (413)
 */
export async function openZip(file: string, options: OpenZipOptions): Promise<OpenZip> {
  const zip = await inWords("The archive", () =>
    openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false }),
  );
  try {
    const list = await inWords("The archive", () => listEntries(zip, options));
    await demandEnd(file, Number(zip.readEntryCursor));
    return {
      ...list,
      read: (item) => Readable.from(unpacked(zip, item), { objectMode: false }),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const ENTRY_SIGNATURE = 0x02014b50;

/**
 * Refuses an archive that goes on after the entries that it counts: the counter of the old format ends at 65,535, and
 * programs that do not know the new one begin again at 0.
 */
async function demandEnd(path: string, at: number): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, at);
    if (bytesRead < 4 || buffer.readUInt32LE(0) !== ENTRY_SIGNATURE) return;
  } finally {
    await file.close();
  }
  throw badArchive("The archive has more entries than it says, as programs without ZIP64 write it");
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
