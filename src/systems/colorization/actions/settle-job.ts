import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import { type ChapterJob, ENDED } from "../chapter-job.ts";
import type { JobStore } from "../store/job-store.ts";

/**
 * A job as it is. One whose ticket has ended without a word, because every worker that began it was killed, has failed.
 * @returns null where there is none
 */
export async function findSettled(
  { jobs, queue }: { readonly jobs: JobStore; readonly queue: JobQueue },
  id: string,
): Promise<ChapterJob | null> {
  const job = await jobs.findJob(id);
  if (job === null || job.ticket === null || ENDED.includes(job.status)) return job;
  const ticket = await queue.get(job.ticket);
  if (ticket === null || ticket.finishedAt === null) return job;
  const wasCancelled = ticket.state === "cancelled";
  await jobs.end(
    id,
    wasCancelled ? "cancelled" : "failed",
    wasCancelled ? null : "The server broke down whenever it worked on this job",
  );
  return jobs.findJob(id);
}
