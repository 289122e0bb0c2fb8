import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { JobReader } from "../store/job-reader.ts";

export interface SweepScratchDeps {
  readonly jobs: JobReader;
  readonly scratchDir: string;
}

/** Deletes folders of attempts whose process was killed; those of a job that runs are its next attempt's to delete. */
export async function sweepScratch({ jobs, scratchDir }: SweepScratchDeps): Promise<void> {
  for (const name of await readdir(scratchDir).catch(() => [])) {
    const id = /^job-(\d+)-/.exec(name)?.[1];
    if (id === undefined || (await jobs.findJob(Number(id)))?.status === "running") continue;
    await rm(join(scratchDir, name), { recursive: true, force: true });
  }
}
