import type { IncomingHttpHeaders } from "node:http";
import * as contract from "../../../contracts/platform/index.ts";
import type { Access } from "../../../contracts/route.ts";
import type { Authority } from "../../auth/authority.ts";
import { QuatrainError, userError } from "../../errors/quatrain-error.ts";
import type { JobQueue, JobRecord } from "../../jobs/job-queue.ts";
import { type BoundRoute, route } from "../bound-route.ts";
import type { MountedSystem } from "../mounted-system.ts";

export interface JobRouteParts {
  readonly jobs: Pick<JobQueue, "get" | "list" | "cancel">;
  readonly authority: Authority;
  readonly systems: readonly MountedSystem[];
}

const DEFAULT_LIMIT = 100;

/**
 * Jobs belong to the system that their kind names: its door decides who may see and cancel them. Jobs of systems that
 * are not mounted here are the platform's: nobody else could say who may.
 */
export function jobRoutes({ jobs, authority, systems }: JobRouteParts): BoundRoute[] {
  const authorise = (headers: IncomingHttpHeaders, kind: string, access: Access) => {
    const owner = systems.find(({ name, hidesJobs }) => name === kind.split(".", 1)[0] && hidesJobs !== true);
    return authority.authorise(headers, {
      system: owner?.name ?? "platform",
      access,
      takesSharedKey: owner?.takesSharedKey ?? false,
      needsCredential: owner?.needsCredential ?? false,
      openReads: owner?.openReads ?? false,
    });
  };
  const allowed = (headers: IncomingHttpHeaders, kind: string) =>
    authorise(headers, kind, "read").then(
      () => true,
      (error: unknown) => {
        if (error instanceof QuatrainError) return false;
        throw error;
      },
    );
  const find = async (headers: IncomingHttpHeaders, id: string, access: Access) => {
    const job = await jobs.get(id);
    if (job === null) throw userError("job_not_found", 404, `There is no job ${id}`);
    await authorise(headers, job.kind, access);
    return job;
  };

  return [
    route(contract.listJobs, async ({ input, headers }) => {
      const found = await jobs.list({
        kind: input.kind,
        state: input.state,
        limit: input.limit ?? DEFAULT_LIMIT,
      });
      const visible = new Map<string, boolean>();
      for (const { kind } of found) if (!visible.has(kind)) visible.set(kind, await allowed(headers, kind));
      return { jobs: found.filter((job) => visible.get(job.kind)).map(presentJob) };
    }),

    route(contract.getJob, async ({ input, headers }) => presentJob(await find(headers, input.id, "read"))),

    route(contract.cancelJob, async ({ input, headers }) => {
      const job = await find(headers, input.id, "write");
      return { cancelled: await jobs.cancel(job.id) };
    }),
  ];
}

function presentJob(job: JobRecord) {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    progress: job.progress,
    message: job.message,
    attempt: job.attempt,
    result: job.result,
    error: job.error,
    error_code: job.errorCode,
    created_at: new Date(job.createdAt).toISOString(),
    started_at: instant(job.startedAt),
    finished_at: instant(job.finishedAt),
    cancel_requested: job.cancelRequestedAt !== null,
  };
}
