import type { FileStore } from "../../../platform/storage/file-store.ts";
import { sourcePrefix } from "../file-keys.ts";
import type { Roi } from "../roi.ts";
import type { InspectionReader } from "../store/reader.ts";

/** More versions than are ever kept. */
export const ALL_VERSIONS = 1_000;

/**
 * Removes the pictures uploaded for fits of this ROI that no memory was fitted on: what a refused or failed fit
 * left behind. Only while holding the ROI's lease.
 */
export async function sweepSources(
  { reader, files }: { reader: InspectionReader; files: FileStore },
  roi: Roi,
): Promise<void> {
  const used = await usedSourceKeys({ reader }, roi);
  for await (const { key } of files.list(sourcePrefix(roi))) {
    if (!used.has(key)) await files.delete(key);
  }
}

/** Keys of the pictures that the ROI's memories were fitted on. */
export async function usedSourceKeys(
  { reader }: { reader: InspectionReader },
  roi: Roi,
): Promise<ReadonlySet<string>> {
  const models = await reader.ownModels(roi, ALL_VERSIONS);
  return new Set(models.flatMap((model) => model.sources.map((source) => source.key)));
}

/** Does the work; where it fails, nothing stays of what was uploaded for it. @throws what the work throws */
export async function sweepingOnFailure<Result>(
  deps: { reader: InspectionReader; files: FileStore },
  roi: Roi,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await sweepSources(deps, roi).catch(() => undefined); // the next fit of this ROI sweeps again
    throw error;
  }
}
