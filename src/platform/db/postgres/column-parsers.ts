import { safeInteger } from "../portable-values.ts";

type Parser = (text: string) => unknown;

/** PostgreSQL type OIDs (pg_type.dat) whose default parsing in `pg` differs from what SQLite yields. */
const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [16, (text) => (text === "t" ? 1 : 0)], // bool: 0 and 1
  [17, bytes], // bytea
  [20, safeInteger], // int8: count(*), every integer column
  [1700, numeric], // numeric: sum() and avg() of integers
]);

/** The parser of a column type: integers and reals become number, blobs Uint8Array, booleans 0 or 1. */
export function portableParser(oid: number): Parser | undefined {
  return PARSERS.get(oid);
}

function bytes(text: string): Uint8Array {
  const buffer = Buffer.from(text.slice(2), "hex"); // "\\x" and two digits a byte
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function numeric(text: string): number {
  return text.includes(".") ? Number(text) : safeInteger(text);
}
