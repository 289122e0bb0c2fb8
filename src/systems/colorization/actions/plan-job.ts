import { basename } from "node:path";
import { messageOf, QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { type ChapterJob, type JobPage, jobFolder, pageKeys } from "../chapter-job.ts";
import { keepComicInfo, readComicInfo } from "../files/comic/comic-info.ts";
import { pageStem } from "../files/page-names.ts";
import type { PlannedPage } from "../store/job-store.ts";
import type { PartStore } from "../store/part-store.ts";
import { type LookAtPartsDeps, lookAtParts } from "./look-at-parts.ts";
import { type PageFileDeps, writeFailedPass2 } from "./page-files.ts";
import { readInputs } from "./read-inputs.ts";
import { readMetadataPages } from "./read-metadata-pages.ts";

export interface PlanJobDeps extends PageFileDeps, LookAtPartsDeps {
  readonly parts: PartStore;
}

/** A page as it was found, before anything of it is kept. */
export interface FoundPage {
  readonly pageNum: number;
  /** As its sender named it. */
  readonly source: string;
  read(): Promise<Buffer>;
  /** Of the first pass, where that was made before; null where it has none. */
  readMask?(): Promise<Buffer | null>;
  readonly facts?: JobPage["facts"];
}

/**
 * Stores a job's originals, then writes the rows that name them. A page that cannot be read fails alone.
 * @throws QuatrainError for what makes the whole job impossible
 */
export async function planJob(deps: PlanJobDeps, job: ChapterJob, signal: AbortSignal): Promise<void> {
  const { order } = job;
  if (order.pagesOf) {
    const comicInfo = await readComicInfo(deps.store, jobFolder(order.pagesOf));
    await keepComicInfo(deps.store, jobFolder(job.id), comicInfo);
    return keepPages(deps, job, await pagesOfJob(deps, order.pagesOf, job.kind), signal);
  }
  if (job.kind === "pass2" && order.metadataOutput !== null) {
    const pages = await readMetadataPages(deps, "metadata_output", order.metadataOutput);
    return keepPages(deps, job, pages, signal);
  }
  if (order.inputDir === null) return keepPages(deps, job, await pagesOfChapter(deps, job), signal);
  await readInputs(deps, "input_dir", order.inputDir, async (inputs, comicInfo) => {
    await keepComicInfo(deps.store, jobFolder(job.id), comicInfo);
    const pages = inputs.map((input, index) => ({ pageNum: index + 1, ...input }));
    await keepPages(deps, job, pages, signal);
  });
}

async function keepPages(
  deps: PlanJobDeps,
  job: ChapterJob,
  found: readonly FoundPage[],
  signal: AbortSignal,
): Promise<void> {
  demandFit(job, found);
  const planned: PlannedPage[] = [];
  for (const page of chosen(job, found)) planned.push(await keepPage(deps, job, page));
  await deps.jobs.plan(job.id, planned, await charactersOf(deps, job, planned, signal));
}

function chosen({ order: { pages } }: ChapterJob, found: readonly FoundPage[]): readonly FoundPage[] {
  if (!pages) return found;
  const kept = found.filter(({ pageNum }) => pages.includes(pageNum));
  if (kept.length === pages.length) return kept;
  const missing = pages.filter((page) => !kept.some(({ pageNum }) => pageNum === page));
  throw userError("no_such_page", 400, `pages names ${missing.join(", ")}, and there is no such page`);
}

/** The characters that the order brings; places on pages of the chapter mean the pages of this job. */
async function charactersOf(
  deps: PlanJobDeps,
  { chapterId, order }: ChapterJob,
  planned: readonly PlannedPage[],
  signal: AbortSignal,
) {
  const parts = await lookAtParts(deps, order.characters ?? [], await deps.parts.list(chapterId), {
    field: "palette.characters",
    findPage: async (chapter, pageNum) => {
      const page = planned.find((entry) => entry.pageNum === pageNum && entry.error === null);
      if (page === undefined || chapter !== chapterId) return null;
      return { original: await deps.store.read(page.inputKey), coloured: null };
    },
    signal,
  });
  return { scope: chapterId, parts };
}

function demandFit({ order }: ChapterJob, found: readonly FoundPage[]): void {
  if (order.inputMode === "single" && found.length > 1) {
    throw userError(
      "more_than_one_page",
      400,
      `input_mode is single and there are ${found.length} pages: send input_mode=batch`,
    );
  }
  const numbers = new Set(found.map(({ pageNum }) => pageNum));
  const lost = order.hints.findIndex(({ pageNum }) => pageNum !== null && !numbers.has(pageNum));
  if (lost < 0) return;
  throw userError(
    "hint_without_page",
    400,
    `hints.${lost} is for page ${order.hints[lost]?.pageNum}, and the job's pages are 1 to ${found.length}`,
    { field: `hints.${lost}.page_num` },
  );
}

async function keepPage(deps: PlanJobDeps, job: ChapterJob, page: FoundPage): Promise<PlannedPage> {
  const { pageNum, source, facts } = page;
  const inputKey = `${jobFolder(job.id)}/inputs/${pageStem(pageNum)}${endingOf(source)}`;
  const planned = { pageNum, source, inputKey, facts: facts ?? {}, error: null };
  const bytes = await readable(page.read);
  const mask = page.readMask === undefined ? null : await readable(page.readMask);
  const fault = [bytes, mask].find((read) => read instanceof QuatrainError);
  if (fault instanceof QuatrainError) return failed(deps, job, planned, messageOf(fault));
  if (bytes instanceof Buffer) await deps.store.put(inputKey, bytes);
  if (mask instanceof Buffer) await deps.store.put(pageKeys(job.id, pageNum).mask, mask);
  return planned;
}

/** What was read, or why the user's file could not be. */
async function readable<Result>(read: () => Promise<Result>): Promise<Result | QuatrainError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof QuatrainError && error.status < 500) return error;
    throw error;
  }
}

async function failed(
  deps: PlanJobDeps,
  job: ChapterJob,
  planned: PlannedPage,
  error: string,
): Promise<PlannedPage> {
  if (job.kind !== "pass1") await writeFailedPass2(deps, job, planned, error);
  return { ...planned, error };
}

/** Pass 2 without pages of its own takes those of the chapter's latest first pass, with their masks. */
async function pagesOfChapter({ jobs, store }: PlanJobDeps, job: ChapterJob): Promise<FoundPage[]> {
  const earlier = (await jobs.listChapter(job.chapterId)).filter(
    ({ jobId, page }) => jobId !== job.id && page.pass1Done,
  );
  if (earlier.length === 0) {
    throw userError(
      "no_first_pass",
      400,
      `The chapter ${job.chapterId} has no first pass yet: send input_dir, or run /v1/jobs/pass1 first`,
    );
  }
  return earlier.map(({ jobId, pageNum, page }) => ({
    pageNum,
    source: basename(page.inputKey),
    read: () => store.read(page.inputKey),
    readMask: () => store.read(pageKeys(jobId, pageNum).mask),
  }));
}

/** The originals of another job: copied, so that either job may be deleted. */
async function pagesOfJob(
  { jobs, store }: PlanJobDeps,
  id: string,
  kind: ChapterJob["kind"],
): Promise<FoundPage[]> {
  const pages = await jobs.listPages(id);
  if (pages.length === 0) throw userError("job_not_found", 404, `The job ${id} and its pages are gone`);
  const readMask = async (pageNum: number) => {
    const { mask } = pageKeys(id, pageNum);
    return (await store.stat(mask)) === null ? null : store.read(mask);
  };
  return pages.map(({ pageNum, source, inputKey, facts }) => ({
    pageNum,
    source,
    read: () => store.read(inputKey),
    // what it was given as a mask holds for pass 2 alone; both passes find it anew
    ...(kind === "pass2" ? { readMask: () => readMask(pageNum) } : {}),
    facts,
  }));
}

function endingOf(source: string): string {
  return /\.[a-z]{3,4}$/i.exec(source)?.[0].toLowerCase() ?? ".png";
}
