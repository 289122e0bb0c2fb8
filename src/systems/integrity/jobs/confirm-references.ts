import { z } from "zod";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { type ConfirmDeps, confirmReferences, giveUpReferences } from "../actions/confirm-references.ts";
import { CONFIRM_REFERENCES_JOB, type LookUpPlan } from "../actions/look-ups.ts";

const MOST_ATTEMPTS = 5;

const Payload: z.ZodType<LookUpPlan> = z.object({ caseId: z.string() });

/** Looks the references of a case up in a register and puts what came out beside what was measured. */
export function confirmReferencesJob(deps: ConfirmDeps): JobDefinition<LookUpPlan> {
  return {
    kind: CONFIRM_REFERENCES_JOB,
    payload: Payload,
    maxAttempts: MOST_ATTEMPTS,
    concurrency: 1,
    async run({ signal, attempt }, { caseId }) {
      const counts = await confirmReferences(deps, caseId, signal).catch(async (error: unknown) => {
        if (attempt >= MOST_ATTEMPTS && !signal.aborted) await giveUpReferences(deps, caseId);
        throw error;
      });
      if (counts !== null) return { case_id: caseId, ...counts };
      throw userError(
        "register_not_configured",
        409,
        "No register of references is configured, or the text is not kept",
      );
    },
  };
}
