import type { Exemplar } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import type { PreparedPage } from "../../../algorithms/page/prepared-page.ts";
import { messageOf, QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../platform/ports.ts";
import { type ChapterJob, type JobPage, type PageFacts, pageKeys } from "../chapter-job.ts";
import { toCharacterColour } from "../characters.ts";
import { readMask } from "../files/read-mask.ts";
import { type ColourOutcome, type PageColourer, uncoloured } from "../page-colourer.ts";
import { readPagePicture } from "../read-page-picture.ts";
import type { PaletteStore } from "../store/palette-store.ts";
import { followedBy, partsFor, pinnedHints } from "./job-parts.ts";
import { JobReferences, WITHOUT_COLOUR } from "./job-references.ts";
import { seedOf, writeFailedPass2, writePass1, writePass2 } from "./page-files.ts";
import { type PlanJobDeps, planJob } from "./plan-job.ts";
import { writeSummary } from "./write-summary.ts";

export interface RunJobDeps extends PlanJobDeps {
  readonly palettes: PaletteStore;
  readonly colourer: PageColourer;
  readonly log: Log;
}

/** A page that breaks the engine as often as this fails alone; before that the fault may be the machine's. */
const PAGE_ATTEMPTS = 3;

/**
 * Does a job page by page, from where it was left: pages that are done are not touched again. One bad page fails alone.
 * @throws QuatrainError for what makes the whole job impossible; the signal's reason
 */
export async function runJob(
  deps: RunJobDeps,
  job: ChapterJob,
  signal: AbortSignal,
  attempt: number,
): Promise<void> {
  if (!job.planned) await planJob(deps, job, signal);
  const references = job.kind === "pass1" ? null : await JobReferences.read(deps, job);
  for (const page of await deps.jobs.listPages(job.id)) {
    signal.throwIfAborted();
    if (page.error !== null || isDone(job, page)) continue;
    await doPage(deps, job, page, references, signal, attempt >= PAGE_ATTEMPTS);
  }
  const pages = await deps.jobs.listPages(job.id);
  await writeSummary(deps, job, pages);
  const good = pages.filter((page) => page.error === null);
  if (good.length > 0) return;
  throw userError("no_page_done", 400, `No page could be done: ${pages[0]?.error ?? "there was none"}`);
}

function isDone({ kind }: ChapterJob, page: JobPage): boolean {
  return kind === "pass1" ? page.pass1Done : page.pass2Done;
}

async function doPage(
  deps: RunJobDeps,
  job: ChapterJob,
  page: JobPage,
  references: JobReferences | null,
  signal: AbortSignal,
  isLastTry: boolean,
): Promise<void> {
  try {
    const picture = await readPagePicture(await deps.store.read(page.inputKey), deps.pictureLimits);
    const began = performance.now();
    const prepared = await firstPass(deps, job, page, picture, signal);
    await writePass1(deps, job, page, prepared, performance.now() - began);
    const facts: PageFacts = { ...page.facts, pass1Mode: "embedded", pass1FallbackReason: null };
    await deps.jobs.finishPass1(job.id, page.pageNum, facts);
    if (references !== null)
      await colourPage(deps, job, page, { picture, prepared, references, facts }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof QuatrainError)) throw error;
    if (error.code === WITHOUT_COLOUR) throw error; // no page can be done with it
    const isBroken = error.code === "page_failed" && isLastTry;
    if (error.status >= 500 && !isBroken) throw error;
    if (isBroken) deps.log.error({ err: error, job: job.id, page: page.pageNum }, "a page breaks the engine");
    await writeFailedPass2(deps, job, page, messageOf(error));
    await deps.jobs.failPage(job.id, page.pageNum, messageOf(error));
  }
}

/** Pass 2 alone keeps the mask of the first pass that it was given. */
async function firstPass(
  deps: RunJobDeps,
  job: ChapterJob,
  page: JobPage,
  picture: Picture,
  signal: AbortSignal,
): Promise<PreparedPage> {
  const prepared = await deps.engine.prepare(picture, signal);
  const maskKey = pageKeys(job.id, page.pageNum).mask;
  if (job.kind !== "pass2" || (await deps.store.stat(maskKey)) === null) return prepared;
  const textMask = await readMask(await deps.store.read(maskKey), picture, deps.pictureLimits);
  return { ...prepared, textMask };
}

async function colourPage(
  deps: RunJobDeps,
  job: ChapterJob,
  page: JobPage,
  made: {
    readonly picture: Picture;
    readonly prepared: PreparedPage;
    readonly references: JobReferences;
    readonly facts: PageFacts;
  },
  signal: AbortSignal,
): Promise<void> {
  const { picture, prepared, references } = made;
  const began = performance.now();
  const seed = seedOf(job, page);
  const isSkipped = prepared.kind === "coloured" && job.order.skipColoured;
  const parts = await partsFor(deps, job);
  const outcome: ColourOutcome = isSkipped
    ? uncoloured(picture, "none")
    : await deps.colourer.colour(
        {
          order: job.order,
          prompt: job.order.prompt || page.facts.metadataPrompt || "",
          pageNum: page.pageNum,
          page: picture,
          prepared,
          references: await references.describedFor(prepared.kind, signal),
          reference: references.first,
          seed,
          exemplars: await exemplarsFor(deps, job),
          characters: parts.map(toCharacterColour),
          pinned: pinnedHints(parts, await deps.store.read(page.inputKey)),
        },
        signal,
      );
  const check = await deps.engine.check(picture, outcome.picture, prepared, signal);
  const durationMs = performance.now() - began;
  await writePass2(deps, job, page, { outcome, seed, durationMs, check, isSkipped, parts });
  await deps.jobs.finishPage(job.id, page.pageNum, {
    skipped: isSkipped,
    error: null,
    facts: {
      ...made.facts,
      hasStructuralAlert: check.report.hasAlert,
      engine: outcome.engine,
      engineFallback: outcome.fallback?.from ?? null,
      seed,
    },
    exemplars: outcome.exemplars === null ? null : await settled(deps, job, outcome.exemplars),
    followed: followedBy(parts, outcome.seen ?? []),
  });
}

const MOST_EXEMPLARS = 600;

/** What the job's pages have settled on; a job that does pages of another one again begins with what that one has. */
async function exemplarsFor(
  { palettes }: Pick<RunJobDeps, "palettes">,
  { id, order: { pagesOf } }: ChapterJob,
): Promise<readonly Exemplar[]> {
  const own = await palettes.find(id);
  return own.length === 0 && pagesOf ? palettes.find(pagesOf) : own;
}

/** What the job's pages have settled on, with what a new page adds: the surest of it. */
async function settled(
  { palettes }: RunJobDeps,
  job: ChapterJob,
  added: readonly Exemplar[],
): Promise<readonly Exemplar[]> {
  const exemplars = await exemplarsFor({ palettes }, job);
  return [...exemplars, ...added]
    .map((exemplar, index) => ({ exemplar, index }))
    .sort((a, b) => b.exemplar.confidence - a.exemplar.confidence || a.index - b.index)
    .map(({ exemplar }) => exemplar)
    .slice(0, MOST_EXEMPLARS);
}
