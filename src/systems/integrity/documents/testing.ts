import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DocumentImages } from "./images.ts";
import type { ReadDocument } from "./port.ts";
import { openDocument } from "./read-document.ts";

/** Reads a document in this process, pictures and all: the formats' own tests need no process for each. */
export async function readHere(bytes: Uint8Array | string, filename: string): Promise<ReadDocument> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-document-"));
  try {
    const path = join(folder, "document");
    await writeFile(path, bytes);
    const { document, readImages } = await openDocument(path, filename);
    const images = new DocumentImages();
    await readImages(images);
    return { ...document, images: images.images, notes: [...document.notes, ...images.notes] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Hidden places as words and reasons. */
export function hiddenIn({ text, hidden }: ReadDocument): (readonly [words: string, reason: string])[] {
  return hidden.map(({ start, end, reason }) => [text.slice(start, end), reason]);
}
