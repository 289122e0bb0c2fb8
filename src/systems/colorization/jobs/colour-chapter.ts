import { z } from "zod";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { COLOUR_CHAPTER } from "../actions/accept-job.ts";
import { type RunJobDeps, runJob } from "../actions/run-job.ts";

const ATTEMPTS = 20;

/** Colours a chapter page by page; an attempt that was interrupted is continued by the next one. */
export function colourChapterJob(deps: RunJobDeps): JobDefinition<{ job: string }> {
  return {
    kind: COLOUR_CHAPTER,
    payload: z.object({ job: z.string() }),
    maxAttempts: ATTEMPTS,
    concurrency: 1,
    async run({ signal, progress, attempt }, { job: id }) {
      const job = await deps.jobs.findJob(id);
      if (job === null || !(await deps.jobs.begin(id))) return { job: null };
      progress(0, `${job.kind} of ${job.chapterId}`);
      try {
        await runJob(deps, job, signal, attempt);
        await deps.jobs.end(id, "completed", null);
        return { job: id };
      } catch (error) {
        if (signal.aborted) {
          if (isCancelled(signal)) await deps.jobs.end(id, "cancelled", null);
          throw error;
        }
        if (error instanceof QuatrainError && error.status < 500) {
          await deps.jobs.end(id, "failed", error.message);
          return { job: id };
        }
        if (attempt >= ATTEMPTS)
          await deps.jobs.end(id, "failed", "The server broke down while it worked on this job");
        throw error; // begun again after a while
      }
    },
  };
}

function isCancelled({ reason }: AbortSignal): boolean {
  return reason instanceof QuatrainError && reason.code === "job_cancelled";
}
