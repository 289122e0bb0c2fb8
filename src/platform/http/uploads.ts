import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { MultipartFile } from "@fastify/multipart";
import { userError } from "../errors/quatrain-error.ts";
import { diskFull } from "../storage/local/space.ts";
import { hasCode } from "../storage/storage-errors.ts";

/** A file that came with a form. It waits on disk, so that memory does not grow with uploads; it goes with the request. */
export interface UploadedFile {
  /** As the client named it, without folders: never a path of ours. */
  readonly filename: string;
  /** The same with the folders that the client named, as it wrote them: foreign text. */
  readonly givenPath: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Temporary path on this machine, gone after the response. A handler may move it away. */
  readonly path: string;
  read(): Promise<Buffer>;
}

/** The folder where uploads wait, one per process. */
export class UploadSpool {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Makes the folder, new and empty. */
  async open(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
    await mkdir(this.#dir, { recursive: true });
  }

  /**
   * Writes one part to disk, whole or not at all. The caller removes it with `discard`.
   * @throws QuatrainError `too_large`, `disk_quota_exceeded` (413); the signal's reason
   */
  async receive(part: MultipartFile, signal: AbortSignal): Promise<UploadedFile> {
    const path = join(this.#dir, randomUUID());
    try {
      const target = createWriteStream(path, { mode: 0o600 });
      await pipeline(part.file, target, { signal });
      if (part.file.truncated) throw fileTooLarge(part);
      return {
        filename: (part.filename ?? "").split(/[/\\]/).at(-1) ?? "",
        givenPath: part.filename ?? "",
        contentType: part.mimetype,
        bytes: target.bytesWritten,
        path,
        read: () => readFile(path),
      };
    } catch (error) {
      await rm(path, { force: true });
      throw hasCode(error, "ENOSPC", "EDQUOT") ? diskFull({}) : error;
    }
  }

  /**
   * Writes a whole body to disk. The caller removes it with `discard`.
   * @throws QuatrainError `too_large`, `disk_quota_exceeded` (413), `malformed_body` (400: cut off)
   */
  async receiveBody(content: Readable, maxBytes: number): Promise<UploadedFile> {
    const path = join(this.#dir, randomUUID());
    let bytes = 0;
    const counted = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw userError("too_large", 413, `The body has more than ${maxBytes} bytes`);
        yield chunk;
      }
    };
    try {
      await pipeline(content, counted, createWriteStream(path, { mode: 0o600 }));
      return {
        filename: "",
        givenPath: "",
        contentType: "application/octet-stream",
        bytes,
        path,
        read: () => readFile(path),
      };
    } catch (error) {
      await rm(path, { force: true });
      if (hasCode(error, "ENOSPC", "EDQUOT")) throw diskFull({});
      if (hasCode(error, "ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET")) {
        throw userError("malformed_body", 400, "The body was cut off: send it again, whole");
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }

  async discard(files: readonly UploadedFile[]): Promise<void> {
    await Promise.all(files.map((file) => rm(file.path, { force: true })));
  }
}

function fileTooLarge({ filename, fieldname }: MultipartFile) {
  const name = (filename || fieldname).slice(0, 100);
  return userError("too_large", 413, `The file ${name} is larger than this server takes`);
}
