import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { Clock, Log } from "../../../platform/ports.ts";
import { jobFolder } from "../chapter-job.ts";
import { type RemoveJobDeps, removeFiles } from "./remove-job.ts";

export interface SweepLeftDeps extends RemoveJobDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** While pages come in their folder gets files; one that has got none for so long is nobody's. */
const COMING_IN_MS = 60 * 60_000;
const EVERY_MS = 24 * 3_600_000;

/** Folders that are named as ours: a client's own beside them are left alone. */
const UPLOAD = /^uploads\/(upl_[0-9a-f]{24})\//;
const JOB = /^jobs\/(job_\d{8}_\d{6}_[0-9a-f]{6})\//;

/**
 * Deletes files of uploads and jobs that no row names: what a process left that was killed between an upload's pages and
 * its row, or between a row that was deleted and its files. O(files). @returns folders that are gone
 */
export async function sweepLeft(deps: SweepLeftDeps, signal: AbortSignal): Promise<number> {
  const { store, uploads, jobs, log } = deps;
  const folders = [
    ...(await idsBelow(deps, "uploads", UPLOAD, signal)).map((id) => ({
      folder: `uploads/${id}`,
      isNamed: async () => (await uploads.find(id)) !== null,
    })),
    ...(await idsBelow(deps, "jobs", JOB, signal)).map((id) => ({
      folder: jobFolder(id),
      isNamed: async () => (await jobs.findJob(id)) !== null,
    })),
  ];
  let swept = 0;
  for (const { folder, isNamed } of folders) {
    signal.throwIfAborted();
    if (await isNamed()) continue;
    await removeFiles(store, folder);
    swept++;
  }
  if (swept > 0) log.info({ folders: swept }, "pages that nobody names were deleted");
  return swept;
}

/** Ids of the folders below a prefix that have rested for long enough. */
async function idsBelow(
  { store, clock }: SweepLeftDeps,
  prefix: string,
  shape: RegExp,
  signal: AbortSignal,
): Promise<string[]> {
  const newest = new Map<string, number>();
  for await (const { key, modifiedAt } of store.list(prefix)) {
    signal.throwIfAborted();
    const id = shape.exec(key)?.[1];
    if (id !== undefined) newest.set(id, Math.max(modifiedAt, newest.get(id) ?? 0));
  }
  const rested = clock.now() - COMING_IN_MS;
  return [...newest].filter(([, at]) => at < rested).map(([id]) => id);
}

/** Sweeps at the start, beside whatever else is done, and once a day. @returns stops it */
export function keepSwept(deps: SweepLeftDeps): () => Promise<void> {
  const stop = new AbortController();
  let running = Promise.resolve();
  const round = async () => {
    try {
      await sweepLeft(deps, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) deps.log.warn({ reason: messageOf(error) }, "left pages were not swept");
    }
  };
  const begin = () => {
    running = running.then(round);
  };
  begin(); // a server that never runs for long sweeps too
  const timer = setInterval(begin, EVERY_MS).unref();
  return async () => {
    clearInterval(timer);
    stop.abort();
    await running;
  };
}
