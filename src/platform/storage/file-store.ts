import type { Readable } from "node:stream";

export interface FileFacts {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds UTC. */
  readonly modifiedAt: number;
}

/**
 * Files under readable keys: `a/b/c.png`, relative, forward slashes, no `.` or `..` segment, no empty segment,
 * no control characters, at most 1,024 bytes, segments of at most 255. Anything else throws `invalid_key` (400).
 *
 * `put` is atomic and durable: when it resolves, the whole new content survives a power cut; when it does not,
 * the old content stands. Files are replaced whole, never edited in place.
 */
export interface FileStore {
  put(key: string, content: Uint8Array | Readable): Promise<FileFacts>;
  /** Takes over a finished temporary file on this machine (moved where possible), with the promise of `put`. */
  adopt(key: string, temporaryPath: string): Promise<FileFacts>;
  /** @throws QuatrainError `file_not_found` (404) */
  read(key: string): Promise<Buffer>;
  /** @throws QuatrainError `file_not_found` (404) */
  open(key: string): Promise<Readable>;
  stat(key: string): Promise<FileFacts | null>;
  /** Every file below a prefix (whole segments), in key order. */
  list(prefix: string): AsyncIterable<FileFacts>;
  /** True when there was such a file. Durable. Empty folders above are removed. */
  delete(key: string): Promise<boolean>;
}
