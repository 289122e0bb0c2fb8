import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { ChapterJob } from "../chapter-job.ts";
import { type AcceptJobDeps, acceptJob } from "./accept-job.ts";
import { readOrder } from "./read-order.ts";
import type { Fields } from "./request-fields.ts";

/**
 * One page of a job again, as a job of its own: with its originals and its order, but for what `changes` says, and with
 * the palette of today. The chapter shows the new page when it is done.
 * @throws QuatrainError `page_not_found` (404), what a new job may be refused with
 */
export async function rerunPage(
  deps: AcceptJobDeps,
  job: ChapterJob,
  pageNum: number,
  changes: Fields,
): Promise<ChapterJob> {
  const pages = await deps.jobs.listPages(job.id);
  if (!pages.some((page) => page.pageNum === pageNum)) {
    throw userError("page_not_found", 404, `The job has no page ${pageNum}`, { page_num: pageNum });
  }
  const { order } = job;
  const asked = readOrder(order.kind, {
    ...asSent(job, pageNum),
    ...changes,
    options: { ...optionsOf(job), ...(changes.options as Fields | undefined) },
    chapter_id: job.chapterId,
    input_dir: job.id,
    pages: [pageNum],
  });
  return acceptJob(deps, {
    order: {
      ...asked,
      chapterId: order.chapterId,
      ...(order.chapterKey === undefined ? {} : { chapterKey: order.chapterKey }),
      inputDir: null,
      pagesOf: job.id,
      metadataOutput: order.metadataOutput,
      pass2Output: order.pass2Output,
      masksOutput: order.masksOutput,
    },
    clientId: null,
    idempotencyKey: null,
    body: changes,
    strict: false,
  });
}

/** The order as a client could have sent it. */
function asSent({ order }: ChapterJob, pageNum: number): Fields {
  const [first, ...more] = order.styleReferences;
  return {
    style_reference: first,
    style_references: more,
    engine: order.engine,
    hints: order.hints
      .filter((hint) => hint.pageNum === null || hint.pageNum === pageNum)
      .map(({ pageNum, x, y, width, height, colour }) => ({
        page_num: pageNum,
        x,
        y,
        w: width,
        h: height,
        colour: [...colour],
      })),
    palette: { series: order.series ?? null },
  };
}

function optionsOf({ order }: ChapterJob): Fields {
  return {
    ...order.options,
    strength: order.strength,
    skip_colored: order.skipColoured,
    ...(order.seed === null ? {} : { seed_mode: "fixed", seed: order.seed }),
  };
}
