import type { Config } from "../../../platform/config/config.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { Ids } from "../../../platform/ports.ts";
import type { AuditEvent } from "../audit.ts";
import type { Roi } from "../roi.ts";
import type { AuditLog } from "../store/audit-log.ts";
import { holdFitLease, type LeaseDeps } from "./hold-fit-lease.ts";
import { type RemoveVersionDeps, removeSuperseded } from "./remove-versions.ts";

export interface RetentionDeps extends RemoveVersionDeps, LeaseDeps {
  readonly settings: Pick<Config["inspection"], "keptVersions" | "auditDays">;
  readonly audit: AuditLog;
  readonly ids: Ids;
}

export interface RetentionOutcome {
  readonly versions: number;
  readonly auditEntries: number;
}

const DAY_MS = 24 * 3_600_000;
const SERVER = { operatorId: null, actor: "server", requestId: null };

/**
 * Removes what has been kept long enough: versions beyond those that are kept, never one in use, and old entries of the
 * audit. What went is told in the audit itself. A ROI that is being fitted waits for the next time.
 */
export async function applyRetention(deps: RetentionDeps, signal: AbortSignal): Promise<RetentionOutcome> {
  let versions = 0;
  for (const roi of await deps.reader.roisWithMoreVersions(deps.settings.keptVersions)) {
    signal.throwIfAborted();
    const removed = await removeFor(deps, roi);
    if (removed > 0)
      await deps.audit.append(
        told(roi, { versions: removed, kept: deps.settings.keptVersions }),
        deps.clock.now(),
      );
    versions += removed;
  }
  const { auditDays } = deps.settings;
  if (auditDays === null) return { versions, auditEntries: 0 };
  const now = deps.clock.now();
  const event = (entries: number) => told({}, { audit_entries: entries, days: auditDays });
  return { versions, auditEntries: await deps.audit.forget(now - auditDays * DAY_MS, event, now) };
}

async function removeFor(deps: RetentionDeps, roi: Roi): Promise<number> {
  try {
    return await holdFitLease(deps, roi, `retention:${deps.ids.uuid()}`, () => removeSuperseded(deps, roi));
  } catch (error) {
    if (error instanceof QuatrainError && error.code === "fit_running") return 0;
    throw error;
  }
}

function told(place: Partial<Roi>, details: Record<string, unknown>): AuditEvent {
  return { action: "retention", doer: SERVER, place, modelVersion: null, details };
}
