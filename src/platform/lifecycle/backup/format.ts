/*
 * A backup is one gzipped tar: `quatrain-backup.json` first, `database/quatrain.db`, `files/<store>/<key>`, and
 * `checksums.json` last. A file that was cut off has no checksums, so it can never be taken for a whole one.
 */

export const HEADER_NAME = "quatrain-backup.json";
export const CHECKSUMS_NAME = "checksums.json";
export const DATABASE_NAME = "database/quatrain.db";
export const FILES_PREFIX = "files/";
export const FORMAT = 1;

export interface BackupHeader {
  readonly format: number;
  readonly version: string;
  readonly createdAt: string;
}

/** SHA-256, hex, by the entry's name. */
export type Checksums = Readonly<Record<string, string>>;
