import type { TrainingJob } from "./training-job.ts";

/** Seconds until a running job's last epoch, by the epochs of this attempt so far; null while nothing is known. */
export function etaSeconds(job: TrainingJob, now: number): number | null {
  const { begunAt, firstEpoch } = job.runFacts;
  if (job.status !== "running" || begunAt === undefined || firstEpoch === undefined) return null;
  const done = job.currentEpoch - firstEpoch + 1;
  if (done <= 0) return null;
  const left = Math.max(0, job.sent.epochs - job.currentEpoch);
  return Math.round((((now - begunAt) / done) * left) / 100) / 10;
}

/** 0..100, by whole epochs. */
export function progressPercent({ status, currentEpoch, sent }: TrainingJob): number {
  if (status === "completed") return 100;
  return Math.round((1_000 * Math.min(currentEpoch, sent.epochs)) / sent.epochs) / 10;
}
