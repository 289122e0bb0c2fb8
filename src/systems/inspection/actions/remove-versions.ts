import type { Config } from "../../../platform/config/config.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { AuditEvent } from "../audit.ts";
import type { Roi } from "../roi.ts";
import type { ModelRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";
import type { VersionWriter } from "../store/version-writer.ts";
import { ALL_VERSIONS, sweepSources } from "./sweep-sources.ts";

export interface RemoveVersionDeps {
  readonly reader: InspectionReader;
  readonly versions: VersionWriter;
  readonly files: FileStore;
  readonly settings: Pick<Config["inspection"], "keptVersions">;
  readonly clock: Clock;
}

/**
 * Removes the versions of a ROI beyond those that are kept, never the one in use; uploaded pictures that no kept
 * version was fitted on go too. Only while holding the ROI's lease.
 * @returns how many went
 */
export async function removeSuperseded(deps: RemoveVersionDeps, roi: Roi): Promise<number> {
  let removed = 0;
  for (const model of (await deps.reader.ownModels(roi, ALL_VERSIONS)).slice(deps.settings.keptVersions)) {
    if (await removeVersion(deps, model, null)) removed++;
  }
  await sweepSources(deps, roi);
  return removed;
}

/** Row first, then file: a crash in between leaves a file that the next start sweeps. @returns false when it is in use */
export async function removeVersion(
  { versions, files, clock }: Pick<RemoveVersionDeps, "versions" | "files" | "clock">,
  model: ModelRecord,
  event: AuditEvent | null,
): Promise<boolean> {
  if (!(await versions.remove(model.id, event, clock.now()))) return false;
  await files.delete(model.fileKey);
  return true;
}
