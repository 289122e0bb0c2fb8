/** What becomes of each byte: 256 values. */
export type ByteTable = Uint8Array;

/** The table of a function of a byte. */
export function byteTable(meaning: (byte: number) => number): ByteTable {
  return Uint8Array.from({ length: 256 }, (_, byte) => meaning(byte));
}

/** Bytes as a table has them; a new array. Several times as fast as `map`, which calls for each. */
export function translated(bytes: Uint8Array, table: ByteTable): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at < result.length; at++) result[at] = table[bytes[at] as number] as number;
  return result;
}
