import type { Readable } from "node:stream";

/** A stream in pieces of exactly `partBytes`, the last one shorter; an empty stream has none. */
export async function* inParts(content: Readable, partBytes: number): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  for await (const piece of content) {
    let bytes = typeof piece === "string" ? Buffer.from(piece) : (piece as Uint8Array);
    while (held + bytes.byteLength >= partBytes) {
      const taken = partBytes - held;
      yield Buffer.concat([...pieces, bytes.subarray(0, taken)]);
      bytes = bytes.subarray(taken);
      pieces = [];
      held = 0;
    }
    if (bytes.byteLength === 0) continue;
    pieces.push(bytes);
    held += bytes.byteLength;
  }
  if (held > 0) yield Buffer.concat(pieces);
}
