import type { Fingerprints } from "./fingerprints.ts";

/**
 * Fingerprints as bytes: this number, then as varints the text's words and the count, then for each fingerprint its hash
 * (four bytes, little-endian: a varint of a hash is longer) and as varints how far its first word and its start lie
 * behind those of the one before, and its length. About seven bytes each.
 */
const FORMAT = 1;

/** No place in any text lies behind it. */
const MAX_VALUE = 0xffff_ffff;
/** A hash and three varints of one byte. */
const LEAST_BYTES = 7;
const MOST_BYTES = 4 + 3 * 5;

/** O(fingerprints). */
export function packFingerprints({ words, hashes, wordIndices, starts, ends }: Fingerprints): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * 5 + hashes.length * MOST_BYTES);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const varint = (value: number) => {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80;
    bytes[at++] = rest;
  };
  bytes[at++] = FORMAT;
  varint(words);
  varint(hashes.length);
  for (let index = 0, word = 0, start = 0; index < hashes.length; index++) {
    view.setUint32(at, hashes[index]!, true);
    at += 4;
    varint(wordIndices[index]! - word);
    varint(starts[index]! - start);
    varint(ends[index]! - starts[index]!);
    word = wordIndices[index]!;
    start = starts[index]!;
  }
  return bytes.slice(0, at);
}

/**
 * What `packFingerprints` packed. O(bytes).
 *
 * @throws RangeError where the bytes are no fingerprints, whole and in order: they were damaged.
 */
export function unpackFingerprints(bytes: Uint8Array): Fingerprints {
  if (bytes[0] !== FORMAT) throw new RangeError("These bytes are no packed fingerprints");
  const reader = new ByteReader(bytes, 1);
  const words = reader.varint();
  const count = reader.varint();
  if (count > words || count * LEAST_BYTES > bytes.length)
    throw new RangeError("Too few packed fingerprints");
  const hashes = new Uint32Array(count);
  const wordIndices = new Uint32Array(count);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  for (let index = 0, word = -1, start = 0; index < count; index++) {
    hashes[index] = reader.uint32();
    const next = Math.max(word, 0) + reader.varint();
    if (next <= word || next >= words) throw new RangeError("Packed fingerprints out of order");
    word = next;
    start += reader.varint();
    const end = start + reader.varint();
    if (end > MAX_VALUE) throw new RangeError("Packed fingerprints behind any text");
    wordIndices[index] = word;
    starts[index] = start;
    ends[index] = end;
  }
  if (!reader.done) throw new RangeError("Bytes behind the packed fingerprints");
  return { words, hashes, wordIndices, starts, ends };
}

/** Reads forward, and throws a RangeError at the end of the bytes. */
class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  uint32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("Packed fingerprints cut short");
      value += (byte & 0x7f) * scale;
      if (value > MAX_VALUE) throw new RangeError("A number in packed fingerprints is too large");
      if (byte < 0x80) return value;
      if (scale > MAX_VALUE) throw new RangeError("A number in packed fingerprints has no end");
    }
  }
}
