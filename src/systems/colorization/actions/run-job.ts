import type { Exemplar, ReferenceModel } from "../../../algorithms/colouring/port.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { decodePicture } from "../../../ml/images/decode-picture.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { messageOf, QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { type ChapterJob, type JobPage, jobFolder, type PageFacts } from "../chapter-job.ts";
import type { PageEngine } from "../engine/port.ts";
import { pageStem } from "../files/page-names.ts";
import { pageSeed } from "../files/page-seed.ts";
import type { PageColourer } from "../page-colourer.ts";
import type { JobStore } from "../store/job-store.ts";
import type { PaletteStore } from "../store/palette-store.ts";
import { type PageFileDeps, writeFailedPass2, writePass1, writePass2 } from "./page-files.ts";
import { type ReadInputsDeps, readInputs, readPicture } from "./read-inputs.ts";
import { writeSummary } from "./write-summary.ts";

export interface RunJobDeps extends PageFileDeps, ReadInputsDeps {
  readonly jobs: JobStore;
  readonly palettes: PaletteStore;
  readonly engine: PageEngine;
  readonly colourer: PageColourer;
  readonly pictureLimits: PictureLimits;
}

interface References {
  readonly model: ReferenceModel;
  readonly first: Picture;
}

const SECOND_SEED = 1;

/**
 * Does a job page by page, from where it was left: pages that are done are not touched again. One bad page fails alone.
 * @throws QuatrainError for what makes the whole job impossible; the signal's reason
 */
export async function runJob(deps: RunJobDeps, job: ChapterJob, signal: AbortSignal): Promise<void> {
  if (!job.planned) await plan(deps, job);
  const references = job.kind === "pass1" ? null : await readReferences(deps, job, signal);
  for (const page of await deps.jobs.listPages(job.id)) {
    signal.throwIfAborted();
    if (page.error !== null || isDone(job, page)) continue;
    await doPage(deps, job, page, references, signal);
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

/** Stores the originals, then writes the rows that name them. */
async function plan(deps: RunJobDeps, job: ChapterJob): Promise<void> {
  const { order } = job;
  if (order.inputDir === null) return planFromChapter(deps, job);
  await readInputs(deps, "input_dir", order.inputDir, async (inputs) => {
    if (order.inputMode === "single" && inputs.length > 1) {
      throw userError(
        "more_than_one_page",
        400,
        `input_mode is single and there are ${inputs.length} pages: send input_mode=batch`,
      );
    }
    const planned = [];
    for (const [index, input] of inputs.entries()) {
      const pageNum = index + 1;
      const inputKey = `${jobFolder(job.id)}/inputs/${pageStem(pageNum)}${endingOf(input.source)}`;
      await deps.store.put(inputKey, await input.read());
      planned.push({ pageNum, source: input.source, inputKey });
    }
    await deps.jobs.plan(job.id, planned);
  });
}

/** Pass 2 without pages of its own takes those of the chapter's latest first pass. */
async function planFromChapter(deps: RunJobDeps, job: ChapterJob): Promise<void> {
  const earlier = (await deps.jobs.listChapter(job.chapterId)).filter(
    ({ jobId, page }) => jobId !== job.id && page.pass1Done,
  );
  if (earlier.length === 0) {
    throw userError(
      "no_first_pass",
      400,
      `The chapter ${job.chapterId} has no first pass yet: send input_dir, or run /v1/jobs/pass1 first`,
    );
  }
  await deps.jobs.plan(
    job.id,
    earlier.map(({ page }) => ({ pageNum: page.pageNum, source: page.source, inputKey: page.inputKey })),
  );
}

function endingOf(source: string): string {
  return /\.[a-z]{3,4}$/i.exec(source)?.[0].toLowerCase() ?? ".png";
}

async function readReferences(deps: RunJobDeps, job: ChapterJob, signal: AbortSignal): Promise<References> {
  const pictures: Picture[] = [];
  for (const word of job.order.styleReferences) {
    const bytes = await readPicture(deps, "style_reference", word);
    pictures.push(await decodePicture(bytes, deps.pictureLimits));
  }
  const model = await deps.engine.describe(pictures, job.order.seed ?? SECOND_SEED, signal);
  if (!model.hasColour && job.order.engine !== "dummy") {
    throw userError(
      "reference_without_colour",
      400,
      "The style reference has no colour to give: send a coloured picture of the same characters",
    );
  }
  return { model, first: pictures[0]! };
}

async function doPage(
  deps: RunJobDeps,
  job: ChapterJob,
  page: JobPage,
  references: References | null,
  signal: AbortSignal,
): Promise<void> {
  try {
    const picture = await decodePicture(await deps.store.read(page.inputKey), deps.pictureLimits);
    const began = performance.now();
    const prepared = await deps.engine.prepare(picture, signal);
    await writePass1(deps, job, page, prepared, performance.now() - began);
    const facts: PageFacts = { pass1Mode: "embedded", pass1FallbackReason: null };
    await deps.jobs.finishPass1(job.id, page.pageNum, facts);
    if (references !== null)
      await colourPage(deps, job, page, { picture, prepared, references, facts }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof QuatrainError) || error.status >= 500) throw error;
    await writeFailedPass2(deps, job, page, messageOf(error), seedOf(job, page));
    await deps.jobs.failPage(job.id, page.pageNum, messageOf(error));
  }
}

async function colourPage(
  deps: RunJobDeps,
  job: ChapterJob,
  page: JobPage,
  made: {
    readonly picture: Picture;
    readonly prepared: Awaited<ReturnType<PageEngine["prepare"]>>;
    readonly references: References;
    readonly facts: PageFacts;
  },
  signal: AbortSignal,
): Promise<void> {
  const { picture, prepared, references } = made;
  const began = performance.now();
  const seed = seedOf(job, page);
  const isSkipped = prepared.kind === "coloured" && job.order.skipColoured;
  const outcome = isSkipped
    ? { picture, engine: "none", fallback: null, exemplars: null, paletteDrift: null }
    : await deps.colourer.colour(
        {
          order: job.order,
          pageNum: page.pageNum,
          page: picture,
          prepared,
          references: references.model,
          reference: references.first,
          seed,
          exemplars: await exemplarsFor(deps, job),
        },
        signal,
      );
  const check = await deps.engine.check(picture, outcome.picture, signal);
  const durationMs = performance.now() - began;
  await writePass2(deps, job, page, { outcome, seed, durationMs, check, isSkipped });
  await deps.jobs.finishPage(job.id, job.order.paletteKey, page.pageNum, {
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
  });
}

async function exemplarsFor({ palettes }: RunJobDeps, job: ChapterJob): Promise<readonly Exemplar[]> {
  return palettes.find(job.order.paletteKey);
}

const MOST_EXEMPLARS = 600;

/** The chapter's exemplars with those of a new page: the surest of them. */
async function settled(
  { palettes }: RunJobDeps,
  job: ChapterJob,
  added: readonly Exemplar[],
): Promise<readonly Exemplar[]> {
  const exemplars = await palettes.find(job.order.paletteKey);
  return [...exemplars, ...added]
    .map((exemplar, index) => ({ exemplar, index }))
    .sort((a, b) => b.exemplar.confidence - a.exemplar.confidence || a.index - b.index)
    .map(({ exemplar }) => exemplar)
    .slice(0, MOST_EXEMPLARS);
}

function seedOf({ order, chapterId }: ChapterJob, { pageNum }: JobPage): number {
  return order.seed ?? pageSeed(chapterId, pageNum);
}
