import * as contract from "../../../contracts/colorization/index.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { smallPicture } from "../../../ml/images/small-picture.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { removeJob } from "../actions/remove-job.ts";
import { type ChapterJob, ENDED, type JobPage, jobFolder, pageKeys } from "../chapter-job.ts";
import { artifactNotFound } from "../errors.ts";
import { readComicInfo } from "../files/comic/comic-info.ts";
import type { PartStore } from "../store/part-store.ts";
import { fileAnswer } from "./file-answer.ts";
import type { JobRouteDeps } from "./jobs.ts";
import { pageArchive } from "./page-archive.ts";

export interface ChapterRouteDeps extends JobRouteDeps {
  readonly parts: PartStore;
  readonly pictureLimits: PictureLimits;
}

type Artifact = keyof typeof KEYS | "original";
type PageRequest = RouteRequest<typeof contract.pageMetadata>;

const KEYS = {
  metadata: "metadata",
  runmeta_pass1: "runmetaPass1",
  runmeta_pass2: "runmetaPass2",
  mask: "mask",
  colorized: "colorized",
  structure: "structure",
  structure_overlay: "overlay",
} as const;

const PICTURES: readonly Artifact[] = ["mask", "colorized", "original", "structure_overlay"];

const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  bmp: "image/bmp",
  tif: "image/tiff",
  tiff: "image/tiff",
};

const JOBS_AT_ONCE = 1_000;

/** contracts/colorization.md "Artefatos por capítulo/página". */
export function chapterRoutes(deps: ChapterRouteDeps): BoundRoute[] {
  const serve = (artifact: Artifact) => async (request: PageRequest) => servePage(deps, artifact, request);

  return [
    route(contract.chapterPages, async ({ input }) => {
      const pages = await deps.jobs.listChapter(input.chapter_id);
      return { chapter_id: input.chapter_id, pages: pages.map(({ pageNum }) => pageNum) };
    }),
    route(contract.pageMetadata, serve("metadata")),
    route(contract.pageRunmetaPass1, serve("runmeta_pass1") as never),
    route(contract.pageRunmetaPass2, serve("runmeta_pass2") as never),
    route(contract.pageMask, serve("mask") as never),
    route(contract.pageColorized, serve("colorized") as never),
    route(contract.pageOriginal, serve("original") as never),
    route(contract.pageStructure, serve("structure") as never),
    route(contract.pageStructureOverlay, serve("structure_overlay") as never),

    route(contract.chapterArchive, async ({ input }) => {
      const shown = await deps.jobs.listChapter(input.chapter_id);
      const pages = shown.map(({ page }) => page);
      const comicInfo =
        shown[0] === undefined ? null : await readComicInfo(deps.store, jobFolder(shown[0].jobId));
      return pageArchive(deps.store, input.chapter_id, pages, input, comicInfo);
    }),

    route(contract.deleteChapter, async ({ input }) => {
      for (;;) {
        const { jobs } = await deps.jobs.listJobs(input.chapter_id, { offset: 0, limit: JOBS_AT_ONCE });
        demandEnded(jobs);
        for (const job of jobs) await removeJob(deps, job);
        if (jobs.length < JOBS_AT_ONCE) break;
      }
      await deps.parts.remove(input.chapter_id);
      return { chapter_id: input.chapter_id, deleted: true as const };
    }),
  ];
}

function demandEnded(jobs: readonly ChapterJob[]): void {
  const running = jobs.find(({ status }) => !ENDED.includes(status));
  if (running === undefined) return;
  throw userError("job_running", 409, "A job of the chapter has not ended: cancel it first", {
    job_id: running.id,
  });
}

/** Where a page's file is; or the file itself, where the client wants it. */
async function servePage(deps: ChapterRouteDeps, artifact: Artifact, { input, headers }: PageRequest) {
  const { chapter_id: chapterId, page_num: text, download, width } = input;
  if (!/^\d{1,9}$/.test(text)) throw userError("not_found", 404, "Endpoint not found");
  const pageNum = Number(text);
  const shown = await deps.jobs.findShown(chapterId, pageNum);
  const key = shown === null ? null : keyOf(shown, artifact);
  const facts = key === null ? null : await deps.store.stat(key);
  const isPicture = PICTURES.includes(artifact);
  const wantsBytes =
    ["1", "true"].includes(download ?? "") || (isPicture && /\bimage\/|^image/.test(headers.accept ?? ""));
  if (!wantsBytes) {
    return {
      chapter_id: chapterId,
      page_num: pageNum,
      artifact,
      path: key === null ? "" : deps.pathPrefix + key,
      exists: facts !== null,
    };
  }
  if (key === null || facts === null) throw artifactNotFound(artifact);
  const bytes = await deps.store.read(key);
  if (isPicture && width !== undefined)
    return fileAnswer("image/webp", await smallPicture(bytes, width, deps.pictureLimits), headers);
  return fileAnswer(isPicture ? pictureType(key) : "application/json; charset=utf-8", bytes, headers);
}

function keyOf({ jobId, pageNum, inputKey }: JobPage, artifact: Artifact): string {
  return artifact === "original" ? inputKey : pageKeys(jobId, pageNum)[KEYS[artifact]];
}

/** Of a picture that a client may have sent, by its name. */
function pictureType(key: string): string {
  const ending = key.slice(key.lastIndexOf(".") + 1);
  return TYPES[ending] ?? "application/octet-stream";
}
