import { z } from "zod";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { type FitDeps, fitMemory } from "../actions/fit-memory.ts";
import type { FitPlan } from "../actions/plan-fit.ts";
import { presentFit } from "../present.ts";
import type { FitLeases } from "../store/fit-leases.ts";

export const FIT_JOB = "inspection.fit";

const Payload: z.ZodType<FitPlan> = z.object({
  roi: z.object({ recipeId: z.string(), modelKey: z.string(), roleId: z.string(), roiId: z.string() }),
  mmPerPx: z.number(),
  keepEverything: z.boolean(),
  operatorId: z.string().nullable(),
  sources: z.array(z.object({ hash: z.string(), key: z.string() })),
});

/** `/fit_ok?async=1`: the same fit, in the worker role. A second attempt fits again; the old memory serves meanwhile. */
export function fitJob(deps: FitDeps & { readonly leases: FitLeases }): JobDefinition<FitPlan> {
  return {
    kind: FIT_JOB,
    payload: Payload,
    maxAttempts: 3,
    concurrency: 1,
    async run(context, plan) {
      const startedAt = deps.clock.now();
      const model = await fitMemory(deps, plan, {
        signal: context.signal,
        onProgress: (fraction, stage) => context.progress(fraction, stage),
      });
      await deps.leases.release(plan.roi, `job:${context.jobId}`);
      return presentFit(model, deps.clock.now() - startedAt);
    },
  };
}
