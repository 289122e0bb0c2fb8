import type { ChapterJob, JobPage } from "./chapter-job.ts";

/** `2026-01-01T12:00:00Z` */
export function stamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The pages that could not be done, with the reason of each. */
export function presentFailed(pages: readonly JobPage[]) {
  return pages.flatMap(({ pageNum, source, error }) =>
    error === null ? [] : [{ page_num: pageNum, error, source }],
  );
}

/** contracts/colorization.md "GET /v1/jobs/{job_id}". */
export function presentJob(job: ChapterJob, pages: readonly JobPage[]) {
  return {
    job_id: job.id,
    status: job.status,
    progress: { total_pages: job.totalPages, pass1_done: job.pass1Done, pass2_done: job.pass2Done },
    last_update: stamp(job.updatedAt),
    ...(job.error === null ? {} : { error: job.error }),
    kind: job.kind,
    chapter_id: job.chapterId,
    engine: job.order.engine,
    created_at: stamp(job.createdAt),
    done_pages: pages.filter(({ pass2Done }) => pass2Done).map(({ pageNum }) => pageNum),
    failed_pages: presentFailed(pages),
    skipped_pages: pages.filter(({ skipped }) => skipped).map(({ pageNum }) => pageNum),
  };
}
