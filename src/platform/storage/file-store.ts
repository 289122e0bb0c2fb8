import type { Readable } from "node:stream";

export interface FileFacts {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds UTC. */
  readonly modifiedAt: number;
}

/**
 * Files under readable keys: `a/b/c.png`, relative, forward slashes, no `.` or `..` segment, no empty segment,
 * no control characters, at most 1,024 bytes, segments of at most 255, the first segment not `.incoming`.
 * Anything else throws `invalid_key` (400). A key that is a folder of other keys is none itself: `a` and `a/b`
 * exclude each other (`key_conflict`, 409, where the store is a folder).
 *
 * `put` is atomic and durable: when it resolves, the whole new content survives a power cut; when it does not,
 * the old content stands. Files are replaced whole, never edited in place. Puts of one key at once: each is
 * whole, the last one stands. Put first and commit the row that names the key afterwards; delete the other way round.
 */
export interface FileStore {
  /**
   * Takes the content to its end; where the stream fails, nothing is left of it and its error is thrown.
   * @throws QuatrainError `disk_quota_exceeded` (413), `storage_unavailable` (503)
   */
  put(key: string, content: Uint8Array | Readable): Promise<FileFacts>;
  /** Takes over a finished temporary file on this machine (moved where possible), with the promise of `put`. */
  adopt(key: string, temporaryPath: string): Promise<FileFacts>;
  /** @throws QuatrainError `file_not_found` (404) */
  read(key: string): Promise<Buffer>;
  /** @throws QuatrainError `file_not_found` (404) */
  open(key: string): Promise<Readable>;
  /** Null where there is no such file. */
  stat(key: string): Promise<FileFacts | null>;
  /** Every file below a prefix (whole segments; `""` is all of them), in the order of the keys' UTF-8 bytes. */
  list(prefix: string): AsyncIterable<FileFacts>;
  /**
   * Where the file lies on this machine, to be read by other processes: it is replaced whole and may be deleted, never
   * changed in place. Null where the store is no folder. Whether there is such a file is not looked at.
   */
  localPath(key: string): string | null;
  /** True when there was such a file. Durable. Empty folders above are removed. */
  delete(key: string): Promise<boolean>;
}
