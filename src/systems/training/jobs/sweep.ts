import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../platform/ports.ts";
import type { BlobStore } from "../blob-store.ts";
import { type SweepOutputsDeps, sweepOutputs } from "./sweep-outputs.ts";
import { type SweepScratchDeps, sweepScratch } from "./sweep-scratch.ts";

const DAY_MS = 24 * 60 * 60_000;

export interface SweepDeps extends SweepOutputsDeps, SweepScratchDeps {
  readonly blobs: BlobStore;
  readonly log: Log;
}

/**
 * Deletes what killed processes left behind, soon and then once a day.
 * @returns a function that ends it
 */
export function keepSwept(deps: SweepDeps): () => void {
  const first = setTimeout(() => void sweep(deps), 1_000);
  const daily = setInterval(() => void sweep(deps), DAY_MS);
  first.unref();
  daily.unref();
  return () => {
    clearTimeout(first);
    clearInterval(daily);
  };
}

async function sweep(deps: SweepDeps): Promise<void> {
  const parts = {
    "unused pictures": () => deps.blobs.sweep(),
    "files of jobs that are gone": () => sweepOutputs(deps),
    "folders of attempts that were killed": () => sweepScratch(deps),
  };
  for (const [what, work] of Object.entries(parts)) {
    await work().catch((error: unknown) => {
      deps.log.warn({ reason: messageOf(error) }, `${what} could not be swept`);
    });
  }
}
