import { z } from "zod";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { type ConfirmDeps, confirmReferences } from "../actions/confirm-references.ts";
import { CONFIRM_REFERENCES_JOB, type LookUpPlan } from "../actions/look-ups.ts";

const Payload: z.ZodType<LookUpPlan> = z.object({ caseId: z.string() });

/** Looks the references of a case up in a register and puts what came out beside what was measured. */
export function confirmReferencesJob(deps: ConfirmDeps): JobDefinition<LookUpPlan> {
  return {
    kind: CONFIRM_REFERENCES_JOB,
    payload: Payload,
    maxAttempts: 5,
    concurrency: 1,
    async run({ signal }, { caseId }) {
      const counts = await confirmReferences(deps, caseId, signal);
      if (counts !== null) return { case_id: caseId, ...counts };
      throw userError(
        "register_not_configured",
        409,
        "No register of references is configured, or the text is not kept",
      );
    },
  };
}
