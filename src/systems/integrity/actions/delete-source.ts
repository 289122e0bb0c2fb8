import type { Database } from "../../../platform/db/database.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { SourceStore } from "../store/source-store.ts";

export interface DeleteSourceDeps {
  readonly sources: SourceStore;
  readonly database: Pick<Database, "scrub">;
  readonly clock: Clock;
}

/** Deletes a source so that it cannot be found any more. @returns false when there is none */
export async function deleteSource(deps: DeleteSourceDeps, id: string, actor: string): Promise<boolean> {
  const event = { actor, action: "source.deleted", subject: id, details: {} };
  const deleted = await deps.sources.deleteSource(id, event, deps.clock.now());
  if (deleted) await deps.database.scrub();
  return deleted;
}
