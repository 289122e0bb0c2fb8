/** A file in an archive that is being written. */
export interface WrittenEntry {
  readonly name: Buffer;
  readonly bytes: number;
  readonly crc32: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const UTF8_NAME = 0x800;
/** 1 January 1980: the same files give the same archive. */
const DATE = 0x0021;
const VERSION = 45;
const MADE_ON_UNIX = 3 << 8;
const REGULAR_FILE = 0o100644;
const MAX_16 = 0xffff;
const MAX_32 = 0xffff_ffff;

/** What stands before a stored file. Source: PKWARE APPNOTE 6.3.10, section 4.3.7. */
export function localHeader({ name, bytes, crc32 }: WrittenEntry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeFacts(header, 6, { name, bytes, crc32 });
  return Buffer.concat([header, name]);
}

/** The file's line in the table at the end. Section 4.3.12; offsets beyond 4 GB as of section 4.5.3. */
export function centralHeader(entry: WrittenEntry): Buffer {
  const far = entry.offset >= MAX_32;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX | VERSION, 4);
  header.writeUInt16LE(far ? VERSION : 20, 6);
  writeFacts(header, 8, entry);
  header.writeUInt32LE(REGULAR_FILE * 0x10000, 38);
  header.writeUInt32LE(far ? MAX_32 : entry.offset, 42);
  if (!far) return Buffer.concat([header, entry.name]);
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(entry.offset), 4);
  header.writeUInt16LE(extra.length, 30);
  return Buffer.concat([header, entry.name, extra]);
}

/** What ends an archive. Sections 4.3.14 to 4.3.16. */
export function endRecords(
  entries: number,
  table: { readonly offset: number; readonly bytes: number },
): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, MAX_16), 8);
  end.writeUInt16LE(Math.min(entries, MAX_16), 10);
  end.writeUInt32LE(Math.min(table.bytes, MAX_32), 12);
  end.writeUInt32LE(Math.min(table.offset, MAX_32), 16);
  if (entries < MAX_16 && table.offset + table.bytes < MAX_32) return end;
  return Buffer.concat([largeEnd(entries, table), end]);
}

function largeEnd(entries: number, { offset, bytes }: { offset: number; bytes: number }): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(MADE_ON_UNIX | VERSION, 12);
  end.writeUInt16LE(VERSION, 14);
  for (const at of [24, 32]) end.writeBigUInt64LE(BigInt(entries), at);
  end.writeBigUInt64LE(BigInt(bytes), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + bytes), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** The fields that both headers share, from the flags on. */
function writeFacts(header: Buffer, at: number, entry: Pick<WrittenEntry, "name" | "bytes" | "crc32">): void {
  header.writeUInt16LE(UTF8_NAME, at);
  header.writeUInt16LE(DATE, at + 6);
  header.writeUInt32LE(entry.crc32, at + 8);
  header.writeUInt32LE(entry.bytes, at + 12);
  header.writeUInt32LE(entry.bytes, at + 16);
  header.writeUInt16LE(entry.name.length, at + 20);
}
