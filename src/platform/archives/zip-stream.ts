import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { centralHeader, endRecords, localHeader, type WrittenEntry } from "./zip-records.ts";

/** A file for an archive. */
export interface ZipEntry {
  readonly path: string;
  /** The same pieces each time they are gone through: once for the checksum, once for the archive. */
  content(): Promise<Iterable<Uint8Array>>;
}

/** Contents that are fetched before it is their turn. */
const AHEAD = 4;
const MAX_ENTRY_BYTES = 0xffff_ffff;

/**
 * A ZIP archive as a stream. Files are stored as they are, since pictures do not pack, with sizes and checksums before
 * them, so that any program reads it; more than 65,535 files and 4 GB are ZIP64. In memory: a few contents, and about
 * 150 bytes per file. The same entries give the same bytes.
 */
export function zipStream(entries: Iterable<ZipEntry>): Readable {
  return Readable.from(pieces(entries), { objectMode: false });
}

async function* pieces(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const table: Buffer[] = [];
  let offset = 0;
  for await (const { path, chunks } of fetchedAhead(entries)) {
    const entry = measured(path, chunks, offset);
    const header = localHeader(entry);
    yield header;
    yield* chunks;
    table.push(centralHeader(entry));
    offset += header.length + entry.bytes;
  }
  let bytes = 0;
  for (const line of table) {
    bytes += line.length;
    yield line;
  }
  yield endRecords(table.length, { offset, bytes });
}

function measured(path: string, chunks: Iterable<Uint8Array>, offset: number): WrittenEntry {
  let bytes = 0;
  let checksum = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    checksum = crc32(chunk, checksum);
  }
  if (bytes >= MAX_ENTRY_BYTES) throw new RangeError(`${path} has ${bytes} bytes: too many for one entry`);
  return { name: Buffer.from(path), bytes, crc32: checksum, offset };
}

interface Fetched {
  readonly path: string;
  readonly chunks: Iterable<Uint8Array>;
}

async function* fetchedAhead(entries: Iterable<ZipEntry>): AsyncGenerator<Fetched> {
  const waiting: Promise<Fetched>[] = [];
  for (const entry of entries) {
    waiting.push(fetched(entry));
    const first = waiting.length > AHEAD ? waiting.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const rest of waiting) yield await rest;
}

function fetched({ path, content }: ZipEntry): Promise<Fetched> {
  const fetching = content().then((chunks) => ({ path, chunks }));
  // Where an earlier one fails, nobody asks for this one any more.
  fetching.catch(() => undefined);
  return fetching;
}
