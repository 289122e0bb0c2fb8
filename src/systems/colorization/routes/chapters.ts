import * as contract from "../../../contracts/colorization/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { removeJob } from "../actions/remove-job.ts";
import { type ChapterJob, ENDED, pageKeys } from "../chapter-job.ts";
import { artifactNotFound } from "../errors.ts";
import { toHex } from "../hex-colour.ts";
import type { PaletteStore } from "../store/palette-store.ts";
import { fileAnswer } from "./file-answer.ts";
import type { JobRouteDeps } from "./jobs.ts";

export interface ChapterRouteDeps extends JobRouteDeps {
  readonly palettes: PaletteStore;
}

type Artifact = "metadata" | "runmeta_pass1" | "runmeta_pass2" | "mask" | "colorized";
type PageRequest = RouteRequest<typeof contract.pageMetadata>;

const KEYS = {
  metadata: "metadata",
  runmeta_pass1: "runmetaPass1",
  runmeta_pass2: "runmetaPass2",
  mask: "mask",
  colorized: "colorized",
} as const;

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

    route(contract.deleteChapter, async ({ input }) => {
      for (;;) {
        const { jobs } = await deps.jobs.listJobs(input.chapter_id, { offset: 0, limit: JOBS_AT_ONCE });
        demandEnded(jobs);
        for (const job of jobs) await removeJob(deps, job);
        if (jobs.length < JOBS_AT_ONCE) break;
      }
      return { chapter_id: input.chapter_id, deleted: true as const };
    }),

    route(contract.chapterPalette, async ({ input }) => {
      const exemplars = await deps.palettes.findOfChapter(input.chapter_id);
      const shares = new Map<string, number>();
      for (const { colour, confidence } of exemplars) {
        const hex = toHex(colour);
        shares.set(hex, (shares.get(hex) ?? 0) + confidence);
      }
      const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
      return {
        chapter_id: input.chapter_id,
        colours: [...shares]
          .sort(([, a], [, b]) => b - a)
          .slice(0, 64)
          .map(([colour, share]) => ({ colour, share: share / total })),
        exemplars: exemplars.length,
      };
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
  const { chapter_id: chapterId, page_num: text, download } = input;
  if (!/^\d{1,9}$/.test(text)) throw userError("not_found", 404, "Endpoint not found");
  const pageNum = Number(text);
  const shown = (await deps.jobs.listChapter(chapterId)).find((page) => page.pageNum === pageNum);
  const key = shown === undefined ? null : pageKeys(shown.jobId, pageNum)[KEYS[artifact]];
  const facts = key === null ? null : await deps.store.stat(key);
  const isPicture = artifact === "mask" || artifact === "colorized";
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
  return fileAnswer(isPicture ? "image/png" : "application/json; charset=utf-8", bytes, headers);
}
