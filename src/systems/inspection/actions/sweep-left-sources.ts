import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Ids } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { roiOfSourceKey, sourcePrefix } from "../file-keys.ts";
import type { Roi } from "../roi.ts";
import type { InspectionReader } from "../store/reader.ts";
import { holdFitLease, type LeaseDeps, sweepOwner } from "./hold-fit-lease.ts";
import { FIT_JOB } from "./start-fit.ts";
import { sweepSources, usedSourceKeys } from "./sweep-sources.ts";

export interface SweepLeftDeps extends LeaseDeps {
  readonly reader: InspectionReader;
  readonly files: FileStore;
  readonly ids: Ids;
}

/** The most that a list of jobs holds: beyond it nobody knows what still waits. */
const MOST_JOBS = 1_000;

/**
 * Removes the uploaded pictures of fits that were killed for good, of every ROI: those that no memory was fitted on and no
 * fit waits for. A ROI that is being fitted is left for the next time. O(files).
 * @returns ROIs where something was left
 */
export async function sweepLeftSources(deps: SweepLeftDeps, signal: AbortSignal): Promise<number> {
  const waiting = await placesOfWaitingFits(deps.jobs);
  if (waiting === null) return 0;
  const keys = new Map<string, { roi: Roi; keys: string[] }>();
  for await (const { key } of deps.files.list("recipes")) {
    const roi = roiOfSourceKey(key);
    if (roi === null) continue;
    const found = keys.get(sourcePrefix(roi)) ?? { roi, keys: [] };
    found.keys.push(key);
    keys.set(sourcePrefix(roi), found);
  }
  let swept = 0;
  for (const [prefix, { roi, keys: found }] of keys) {
    signal.throwIfAborted();
    if (waiting.has(prefix)) continue;
    const used = await usedSourceKeys(deps, roi);
    if (found.every((key) => used.has(key))) continue;
    if (await sweptWhileFree(deps, roi)) swept++;
  }
  return swept;
}

/** Where fits wait or run, by the prefix of their pictures; null when there are too many to know. */
async function placesOfWaitingFits(jobs: JobQueue): Promise<ReadonlySet<string> | null> {
  const places = new Set<string>();
  for (const state of ["queued", "running"] as const) {
    const found = await jobs.list({ kind: FIT_JOB, state, limit: MOST_JOBS });
    if (found.length === MOST_JOBS) return null;
    for (const { payload } of found) places.add(sourcePrefix((payload as { roi: Roi }).roi));
  }
  return places;
}

async function sweptWhileFree(deps: SweepLeftDeps, roi: Roi): Promise<boolean> {
  try {
    await holdFitLease(deps, roi, sweepOwner(deps.ids.uuid()), () => sweepSources(deps, roi));
    return true;
  } catch (error) {
    if (error instanceof QuatrainError && error.code === "fit_running") return false;
    throw error;
  }
}
