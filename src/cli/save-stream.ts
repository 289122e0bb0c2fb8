import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, constants, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { messageOf, userError } from "../platform/errors/quatrain-error.ts";

/** Said before the work whose result is to be saved there. @throws QuatrainError `not_written` (400) */
export async function demandPlace(path: string): Promise<void> {
  const refuse = (why: string) => userError("not_written", 400, `${path} cannot be written: ${why}`);
  const folder = dirname(path);
  const facts = await stat(folder).catch(() => null);
  if (facts === null || !facts.isDirectory()) throw refuse(`there is no folder ${folder}`);
  await access(folder, constants.W_OK).catch(() => {
    throw refuse(`${folder} does not allow it`);
  });
  if ((await stat(path).catch(() => null))?.isDirectory()) throw refuse("it is a folder");
}

/**
 * Writes what comes to a file, without holding it in memory. It stands there whole or not at all: until then it is
 * another file beside it, and what was there before stays.
 * @returns its bytes
 * @throws QuatrainError `not_written` (400) where the place does not allow it or the connection broke
 */
export async function saveStream(path: string, content: ReadableStream<Uint8Array>): Promise<number> {
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`;
  const target = createWriteStream(partial, { flags: "wx" });
  try {
    await pipeline(Readable.fromWeb(content), target);
    await rename(partial, path);
    return target.bytesWritten;
  } catch (error) {
    await rm(partial, { force: true });
    throw userError("not_written", 400, `${path} cannot be written: ${messageOf(error)}`);
  }
}
