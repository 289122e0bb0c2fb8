import { z } from "zod";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { type FitDeps, fitMemory } from "../actions/fit-memory.ts";
import type { FitPlan } from "../actions/plan-fit.ts";
import { FIT_JOB } from "../actions/start-fit.ts";
import { sweepSources } from "../actions/sweep-sources.ts";
import { DETAILS } from "../engine/port.ts";
import { presentFit } from "../present.ts";
import type { FitLeases } from "../store/fit-leases.ts";

const Payload: z.ZodType<FitPlan> = z.object({
  roi: z.object({ recipeId: z.string(), modelKey: z.string(), roleId: z.string(), roiId: z.string() }),
  mmPerPx: z.number(),
  keepEverything: z.boolean(),
  detail: z.literal(DETAILS).optional(),
  operatorId: z.string().nullable(),
  actor: z.string().optional(),
  requestId: z.string().nullable().optional(),
  backbone: z.string().optional(),
  sources: z.array(z.object({ hash: z.string(), key: z.string(), name: z.string() })),
});

/** `/fit_ok?async=1`: the same fit, in the worker role. A second attempt fits again, unless the pictures are at fault. */
export function fitJob(deps: FitDeps & { readonly leases: FitLeases }): JobDefinition<FitPlan> {
  return {
    kind: FIT_JOB,
    payload: Payload,
    maxAttempts: 3,
    concurrency: 1,
    async run(context, plan) {
      const startedAt = deps.clock.now();
      const hooks = {
        signal: context.signal,
        onProgress: (fraction: number, stage: string) => context.progress(fraction, stage),
      };
      const model = await fitMemory(deps, plan, hooks).catch(async (error: unknown) => {
        // an attempt that was told to stop is followed by another one, which needs the pictures
        const isFinal = !context.signal.aborted && error instanceof QuatrainError && error.status < 500;
        if (isFinal) await sweepSources(deps, plan.roi);
        throw error;
      });
      await deps.leases.release(plan.roi, `job:${context.jobId}`);
      return presentFit(model, deps.clock.now() - startedAt);
    },
  };
}
