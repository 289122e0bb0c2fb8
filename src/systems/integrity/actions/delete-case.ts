import type { Database } from "../../../platform/db/database.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { CaseRecord } from "../case-record.ts";
import { type CaseWriter, noSuchCase } from "../store/case-writer.ts";

export interface DeleteCaseDeps {
  readonly writer: CaseWriter;
  readonly database: Pick<Database, "scrub">;
  readonly files: FileStore;
  readonly clock: Clock;
}

/**
 * Deletes a case so that it cannot be found any more: rows (overwritten by the database), its journal, its file. What
 * other cases had in common with it is not shown from now on. The audit keeps its id and nothing else.
 * @throws QuatrainError `case_not_found` (404)
 */
export async function deleteCase(deps: DeleteCaseDeps, caseId: string, actor: string): Promise<void> {
  const event = { actor, action: "case.deleted", subject: caseId, details: {} };
  const record = await deps.writer.deleteCase(caseId, event, deps.clock.now());
  if (record === null) noSuchCase(caseId);
  await deleteFile(deps, record);
  await deps.database.scrub();
}

/** Deletes what a case holds of its document; its headline figures stay. For the retention time. */
export async function deleteContent(deps: DeleteCaseDeps, record: CaseRecord, actor: string): Promise<void> {
  const event = { actor, action: "case.content_deleted", subject: record.id, details: {} };
  await deps.writer.deleteContent(record, event, deps.clock.now());
  await deleteFile(deps, record);
}

async function deleteFile({ files }: DeleteCaseDeps, { file }: CaseRecord): Promise<void> {
  if (file?.key != null) await files.delete(file.key);
}
