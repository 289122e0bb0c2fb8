import { z } from "zod";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { EVALUATE_JOB, type EvaluatePlan } from "../actions/change-exclusions.ts";
import { type EvaluateDeps, evaluateAgain } from "../actions/evaluate-again.ts";

const Payload: z.ZodType<EvaluatePlan> = z.object({ caseId: z.string(), actor: z.string() });

/** Compares a case again, after its exclusions were changed. */
export function evaluateJob(deps: EvaluateDeps): JobDefinition<EvaluatePlan> {
  return {
    kind: EVALUATE_JOB,
    payload: Payload,
    maxAttempts: 100, // it was promised; killed attempts count
    concurrency: 2,
    async run({ signal }, { caseId, actor }) {
      return { case_id: caseId, passages: await evaluateAgain(deps, caseId, actor, signal) };
    },
  };
}
