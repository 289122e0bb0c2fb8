import { crc32, deflateRawSync } from "node:zlib";

/** An entry as it is written, true or not. */
export interface RawEntry {
  readonly name: string | Buffer;
  /** Unpacked. */
  readonly data?: Uint8Array;
  /** Unpacked bytes that are claimed. */
  readonly claims?: number;
  readonly deflated?: boolean;
  readonly checksum?: number;
  /** General purpose bits; 0x800 says that the name is UTF-8. */
  readonly flags?: number;
  /** Of Unix, with the file's type. */
  readonly mode?: number;
  /** The entry whose bytes it shares, by its index. */
  readonly sharedWith?: number;
}

/** A ZIP archive of any entries, byte by byte. Source: PKWARE APPNOTE 6.3.10. */
export function rawZip(entries: readonly RawEntry[]): Blob {
  const offsets: number[] = [];
  const pieces: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = entry.deflated ? deflateRawSync(entry.data ?? "") : Buffer.from(entry.data ?? []);
    const local = Buffer.concat([header(0x04034b50, 30, 4, entry, packed.length), packed]);
    const shared = entry.sharedWith === undefined ? undefined : offsets[entry.sharedWith];
    offsets.push(shared ?? offset);
    table.push(central(entry, packed.length, shared ?? offset));
    if (shared !== undefined) continue;
    pieces.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    table.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return new Blob([Buffer.concat([...pieces, ...table, end])]);
}

function central(entry: RawEntry, packedBytes: number, offset: number): Buffer {
  const line = header(0x02014b50, 46, 6, entry, packedBytes);
  line.writeUInt16LE(3 << 8, 4);
  line.writeUInt32LE((entry.mode ?? 0o100644) * 0x10000, 38);
  line.writeUInt32LE(offset, 42);
  return line;
}

/** The fields that both headers share, from the version on, and the name. */
function header(
  signature: number,
  size: number,
  at: number,
  { name, data = new Uint8Array(), claims, deflated, checksum, flags }: RawEntry,
  packedBytes: number,
): Buffer {
  const bytes = Buffer.alloc(size);
  const written = Buffer.from(name);
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt16LE(20, at);
  bytes.writeUInt16LE(flags ?? 0x800, at + 2);
  bytes.writeUInt16LE(deflated ? 8 : 0, at + 4);
  bytes.writeUInt32LE(checksum ?? crc32(data), at + 10);
  bytes.writeUInt32LE(packedBytes, at + 14);
  bytes.writeUInt32LE(claims ?? data.length, at + 18);
  bytes.writeUInt16LE(written.length, at + 22);
  return Buffer.concat([bytes, written]);
}
