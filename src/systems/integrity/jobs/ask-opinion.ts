import { z } from "zod";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import type { Clock } from "../../../platform/ports.ts";
import { type AmendDeps, amendMeasurement } from "../actions/amend-measurement.ts";
import { ASK_OPINION_JOB, type LookUpPlan } from "../actions/look-ups.ts";
import type { OpinionSource } from "../engine/opinion.ts";
import type { DocumentReader } from "../store/document-reader.ts";

const Payload: z.ZodType<LookUpPlan> = z.object({ caseId: z.string() });
const MOST_ATTEMPTS = 3;

export interface AskOpinionDeps extends AmendDeps {
  readonly documents: DocumentReader;
  /** Null where none is configured any more. */
  readonly opinion: OpinionSource | null;
  readonly clock: Clock;
}

/** Asks a language model for a remark and puts it beside what was measured. After the last attempt nothing is awaited any more. */
export function askOpinionJob(deps: AskOpinionDeps): JobDefinition<LookUpPlan> {
  const settle = (caseId: string, text: string | null) =>
    amendMeasurement(deps, caseId, "case.opinion", (measurement) => ({
      ...measurement,
      pending: measurement.pending.filter((name) => name !== "opinion"),
      ...(text === null
        ? { coverage: { ...measurement.coverage, opinion: { done: false, reason: "failed" } } }
        : { opinion: { model: deps.opinion!.model, text, at: deps.clock.now() } }),
    }));
  return {
    kind: ASK_OPINION_JOB,
    payload: Payload,
    maxAttempts: MOST_ATTEMPTS,
    concurrency: 1,
    async run({ signal, attempt, step }, { caseId }) {
      const text = await deps.documents.textOf(caseId);
      if (deps.opinion === null || text === null) {
        await settle(caseId, null);
        throw userError(
          "opinion_not_configured",
          409,
          "No language model is configured, or the text is not kept",
        );
      }
      const { opinion } = deps;
      try {
        await settle(caseId, await step("ask", () => opinion.ask(text, signal)));
      } catch (error) {
        if (attempt >= MOST_ATTEMPTS && !signal.aborted) await settle(caseId, null);
        throw error;
      }
      return { case_id: caseId };
    },
  };
}
