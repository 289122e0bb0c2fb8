import { type ZipEntry, zipStream } from "../../../platform/archives/zip-stream.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer } from "../../../platform/http/bound-route.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { type JobPage, pageKeys } from "../chapter-job.ts";
import { COMIC_INFO } from "../files/comic/comic-info.ts";

export interface ArchiveWish {
  readonly format: "cbz" | "zip";
  readonly include: "coloured" | "originals";
}

/**
 * Coloured pages as one archive, with the originals in a folder of their own where they are wanted, and with what the
 * comic that they come from says of itself.
 * @throws QuatrainError `artifact_not_found` (404) without a coloured page
 */
export function pageArchive(
  store: FileStore,
  chapterId: string,
  pages: readonly JobPage[],
  { format, include }: ArchiveWish,
  comicInfo: Uint8Array | null,
): Answer {
  const done = pages.filter(({ pass2Done }) => pass2Done);
  if (done.length === 0) throw userError("artifact_not_found", 404, "There is no coloured page yet");
  const entry = (key: string, folder: string) => ({
    path: `${folder}${key.slice(key.lastIndexOf("/") + 1)}`,
    content: async () => [await store.read(key)],
  });
  const entries: ZipEntry[] = [
    ...done.map(({ jobId, pageNum }) => entry(pageKeys(jobId, pageNum).colorized, "")),
    ...(include === "originals" ? done.map(({ inputKey }) => entry(inputKey, "originals/")) : []),
  ];
  if (comicInfo !== null) entries.push({ path: COMIC_INFO, content: async () => [comicInfo] });
  const name = `${chapterId.replace(/[^A-Za-z0-9._-]+/g, "_")}.${format}`;
  const type = format === "cbz" ? "application/vnd.comicbook+zip" : "application/zip";
  return Answer.bytes(type, zipStream(entries), {
    "content-disposition": `attachment; filename="${name}"`,
  });
}
