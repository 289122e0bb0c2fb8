import type { Database } from "../../../platform/db/database.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { ExclusionChoice } from "../measurement.ts";
import type { CaseWriter } from "../store/case-writer.ts";
import type { IntegrityTables } from "../store/tables.ts";
import { type FindCaseDeps, findCase } from "./find-case.ts";

export const EVALUATE_JOB = "integrity.evaluate";

export interface ChangeExclusionsDeps extends FindCaseDeps {
  readonly database: Database<IntegrityTables>;
  readonly writer: CaseWriter;
  readonly jobs: JobQueue;
}

/** What the job is told: the rest stands in the case, as it was wished last. */
export interface EvaluatePlan {
  readonly caseId: string;
  readonly actor: string;
}

/**
 * Asks for another evaluation with other exclusions; what is not named stays as it is.
 * @returns the job that does it
 * @throws QuatrainError `case_not_found`, `text_not_kept` (404)
 */
export async function changeExclusions(
  deps: ChangeExclusionsDeps,
  caseId: string,
  wished: Partial<ExclusionChoice>,
  actor: string,
): Promise<{ jobId: string; exclusions: ExclusionChoice }> {
  await findCase(deps, caseId);
  if (!(await deps.documents.keepsText(caseId))) throw textNotKept(caseId);
  return deps.database.transaction(async (tx) => {
    const exclusions = await deps.writer.wishExclusions(tx, caseId, wished);
    if (exclusions === null) throw textNotKept(caseId);
    const plan: EvaluatePlan = { caseId, actor };
    return { exclusions, jobId: await deps.jobs.enqueue(tx, EVALUATE_JOB, plan) };
  });
}

function textNotKept(caseId: string) {
  return userError("text_not_kept", 404, "The text of this case is not kept: it cannot be evaluated again", {
    caseId,
  });
}
