import type { CaseReader } from "../store/case-reader.ts";
import { type DeleteCaseDeps, deleteContent } from "./delete-case.ts";

export interface RetentionDeps extends DeleteCaseDeps {
  readonly cases: CaseReader;
}

const DAY_MS = 86_400_000;
const PAGE = 100;

/**
 * Deletes texts, files and fingerprints of cases that are older than so many days; headline figures, reviews and audit
 * stay. @returns how many cases
 */
export async function applyRetention(
  deps: RetentionDeps,
  days: number,
  signal: AbortSignal,
): Promise<number> {
  const before = deps.clock.now() - days * DAY_MS;
  let count = 0;
  for (;;) {
    signal.throwIfAborted();
    const due = await deps.cases.casesWithContent(before, PAGE);
    for (const record of due) await deleteContent(deps, record, "retention");
    count += due.length;
    if (due.length < PAGE) break;
  }
  if (count > 0) await deps.database.scrub();
  return count;
}
