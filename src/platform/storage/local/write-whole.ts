import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { SpaceClaim } from "./space.ts";

/** Writes a new file to its end and to the disk, claiming space (where there is a claim) before each piece. */
export async function writeWhole(
  path: string,
  content: Uint8Array | Readable,
  claim: SpaceClaim | null,
): Promise<void> {
  const file = await open(path, "wx");
  try {
    if (content instanceof Uint8Array) await claim?.grow(content.byteLength);
    await file.writeFile(content instanceof Uint8Array ? content : claimed(content, claim));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* claimed(content: Readable, claim: SpaceClaim | null): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : (piece as Uint8Array);
    await claim?.grow(bytes.byteLength);
    yield bytes;
  }
}
