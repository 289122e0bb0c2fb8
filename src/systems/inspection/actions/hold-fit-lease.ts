import { setTimeout as delay } from "node:timers/promises";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { Roi } from "../roi.ts";
import type { FitLeases, LeaseHolder } from "../store/fit-leases.ts";

export interface LeaseDeps {
  readonly leases: FitLeases;
  readonly jobs: JobQueue;
  readonly clock: Clock;
}

/** A process that dies frees its lease after this long; one that lives renews it well before. */
const LEASE_MS = 30_000;
const RENEW_MS = 8_000;
/** A queued job's lease lasts until the job has ended; this only bounds a record that outlives its job. */
const JOB_LEASE_MS = 7 * 24 * 60 * 60_000;

/** Whoever tidies up beside the fits: nobody is refused because of it, for it lets go within moments. */
const SWEEPER = "sweep:";
const SWEEP_LOOK_MS = 50;
const SWEEP_WAIT_MS = 10_000;

/** Name under which a sweep holds a lease. */
export function sweepOwner(id: string): string {
  return `${SWEEPER}${id}`;
}

/** The lease of a queued job: it lasts until the job has ended. */
export function jobLease({ clock }: Pick<LeaseDeps, "clock">, jobId: string) {
  return { owner: `job:${jobId}`, jobId, expiresAt: clock.now() + JOB_LEASE_MS };
}

/** Takes the lease of a ROI for a call; waits for a sweep that holds it. @throws QuatrainError `fit_running` (409) while another fit of it runs or waits */
async function takeFitLease(
  { leases, jobs, clock }: LeaseDeps,
  roi: Roi,
  holder: LeaseHolder,
  patienceMs = SWEEP_WAIT_MS,
): Promise<void> {
  const now = clock.now();
  const held = await leases.take(roi, holder, now, now + LEASE_MS);
  if (held === null) return;
  if (held.jobId !== null && (await hasEnded(jobs, held.jobId))) {
    await leases.release(roi, held.owner);
    return takeFitLease({ leases, jobs, clock }, roi, holder);
  }
  if (held.owner.startsWith(SWEEPER) && patienceMs > 0) {
    await delay(SWEEP_LOOK_MS);
    return takeFitLease({ leases, jobs, clock }, roi, holder, patienceMs - SWEEP_LOOK_MS);
  }
  throw userError(
    "fit_running",
    409,
    held.jobId === null
      ? "A fit of this ROI is already running: wait for it and send the request again"
      : `A fit of this ROI is already queued as job ${held.jobId}: wait for it or cancel it`,
  );
}

async function hasEnded(jobs: JobQueue, id: string): Promise<boolean> {
  const job = await jobs.get(id);
  return job === null || job.finishedAt !== null;
}

/** Does the work while holding the ROI's lease, and lets go of it whatever happens. @throws as `takeFitLease` */
export async function holdFitLease<Result>(
  deps: LeaseDeps,
  roi: Roi,
  owner: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const holder = { owner, jobId: null };
  await takeFitLease(deps, roi, holder);
  const renewal = setInterval(() => {
    const now = deps.clock.now();
    deps.leases.take(roi, holder, now, now + LEASE_MS).catch(() => {
      // the next renewal tries again; if none succeeds the lease runs out, and the version's uniqueness still guards
    });
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await deps.leases.release(roi, owner);
  }
}
