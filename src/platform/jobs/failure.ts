import { QuatrainError } from "../errors/quatrain-error.ts";
import type { JobFailure } from "./store/attempt-end.ts";

/** A failure as the job's owner reads it: our own faults are named, not shown. */
export function failureOf(error: unknown, jobId: string): JobFailure {
  if (error instanceof QuatrainError) return { message: error.message, code: error.code };
  return {
    message: `The job failed for a reason inside the server. Its log says more under job ${jobId}.`,
    code: "internal_error",
  };
}

/** True when doing it again could help: the fault is not the user's to mend. */
export function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof QuatrainError) || error.status >= 500;
}

/** Every attempt of a job ended with its process. */
export function lostTooOften(attempts: number): JobFailure {
  return {
    message:
      `The job was interrupted ${attempts} ${attempts === 1 ? "time" : "times"} because its process ended ` +
      "(killed, crashed or out of memory), and is not begun again. Check the server's memory and log, then start it anew.",
    code: "job_interrupted",
  };
}
