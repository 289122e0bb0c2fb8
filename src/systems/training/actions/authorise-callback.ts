import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Secret } from "../../../platform/config/secret.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { jobNotFound } from "../errors.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { TrainingJob } from "../training-job.ts";

export interface CallbackAuthDeps {
  readonly jobs: Pick<JobReader, "findJob">;
  readonly settings: { readonly internalSecret: Secret | null };
}

/**
 * The job that a callback is about, once its secret is known to be right: the configured one, or the token of the job's
 * present attempt.
 * @throws QuatrainError `unauthorized` (401: none), `forbidden` (403: a wrong one), `job_not_found` (404)
 */
export async function authoriseCallback(
  { jobs, settings }: CallbackAuthDeps,
  headers: IncomingHttpHeaders,
  jobId: number,
): Promise<TrainingJob> {
  const shown = headers["x-internal-auth"] ?? bearerOf(headers);
  if (typeof shown !== "string" || shown === "") {
    throw userError("unauthorized", 401, "X-Internal-Auth is missing");
  }
  const job = await jobs.findJob(jobId);
  const hash = createHash("sha256").update(shown).digest();
  const isConfigured =
    settings.internalSecret !== null &&
    timingSafeEqual(hash, createHash("sha256").update(settings.internalSecret.reveal()).digest());
  const isJobs =
    job?.callbackTokenHash != null && timingSafeEqual(hash, Buffer.from(job.callbackTokenHash, "hex"));
  // the same answer for a job that is not there: its number tells a stranger nothing
  if (!isConfigured && !isJobs) throw userError("forbidden", 403, "X-Internal-Auth is wrong");
  if (job === null) throw jobNotFound(jobId);
  return job;
}

function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
}
