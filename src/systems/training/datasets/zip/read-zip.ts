import type { Readable } from "node:stream";
import { openZip } from "../../../../platform/archives/open-zip.ts";
import { eachAtOnce } from "../paths/at-once.ts";
import { topFolder } from "../paths/top-folder.ts";

export interface ZipOptions {
  /** Unpacked, all entries together. */
  readonly maxBytes: number;
  /** Entries that are handed out at a time. */
  readonly atOnce?: number;
}

export interface ZipReport {
  /** Entries that were handed out. */
  readonly files: number;
  /** Hidden files and what file managers leave behind. */
  readonly skipped: number;
  /** Archives inside the archive: not unpacked. */
  readonly nested: readonly string[];
}

/**
 * Hands out the files of a ZIP archive as streams, never whole, in the order of the archive. Paths are those of
 * `safePath`, without a folder that wraps the whole dataset. The whole archive is checked before the first file
 * is handed out, sizes and checksums (CRC-32) as the files are read: a stream fails with `bad_archive` at its end.
 *
 * @param file a path on this machine
 * @param onEntry takes the stream to its end, or leaves it; its failure ends the reading
 * @throws QuatrainError what `openZip` throws
 */
export async function readZip(
  file: string,
  options: ZipOptions,
  onEntry: (path: string, content: Readable, bytes: number) => Promise<void>,
): Promise<ZipReport> {
  const zip = await openZip(file, options);
  try {
    const top = topFolder(zip.items.map(({ path }) => path)).length;
    await eachAtOnce(zip.items, options.atOnce ?? 1, async (item) => {
      const content = zip.read(item);
      try {
        await onEntry(item.path.slice(top), content, item.bytes);
      } finally {
        content.destroy();
      }
    });
    return { files: zip.items.length, skipped: zip.skipped, nested: zip.nested };
  } finally {
    zip.close();
  }
}
