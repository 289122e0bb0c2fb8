import { zipStream } from "../../../platform/archives/zip-stream.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer } from "../../../platform/http/bound-route.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { type JobPage, pageKeys } from "../chapter-job.ts";

export interface ArchiveWish {
  readonly format: "cbz" | "zip";
  readonly include: "coloured" | "originals";
}

/**
 * Coloured pages as one archive, with the originals in a folder of their own where they are wanted.
 * @throws QuatrainError `artifact_not_found` (404) without a coloured page
 */
export function pageArchive(
  store: FileStore,
  chapterId: string,
  pages: readonly JobPage[],
  { format, include }: ArchiveWish,
): Answer {
  const done = pages.filter(({ pass2Done }) => pass2Done);
  if (done.length === 0) throw userError("artifact_not_found", 404, "There is no coloured page yet");
  const entry = (key: string, folder: string) => ({
    path: `${folder}${key.slice(key.lastIndexOf("/") + 1)}`,
    content: async () => [await store.read(key)],
  });
  const entries = [
    ...done.map(({ jobId, pageNum }) => entry(pageKeys(jobId, pageNum).colorized, "")),
    ...(include === "originals" ? done.map(({ inputKey }) => entry(inputKey, "originals/")) : []),
  ];
  const name = `${chapterId.replace(/[^A-Za-z0-9._-]+/g, "_")}.${format}`;
  const type = format === "cbz" ? "application/vnd.comicbook+zip" : "application/zip";
  return Answer.bytes(type, zipStream(entries), {
    "content-disposition": `attachment; filename="${name}"`,
  });
}
