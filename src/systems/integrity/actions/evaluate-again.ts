import type { Clock } from "../../../platform/ports.ts";
import { authorKey } from "../author-key.ts";
import type { Measurement } from "../measurement.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { CaseWriter } from "../store/case-writer.ts";
import { compareWithStored } from "./compare-with-stored.ts";
import type { MeasureDeps } from "./subject.ts";

export interface EvaluateDeps extends MeasureDeps {
  readonly cases: CaseReader;
  readonly writer: CaseWriter;
  readonly clock: Clock;
}

/**
 * Compares a case again with everything that is stored now, with the exclusions that were wished last. What the text
 * shows by itself does not depend on either and stays. Does nothing when the case or its text is gone.
 * @returns how many passages were found; null when there was nothing to do
 */
export async function evaluateAgain(
  deps: EvaluateDeps,
  caseId: string,
  actor: string,
  signal: AbortSignal,
): Promise<number | null> {
  for (;;) {
    signal.throwIfAborted();
    const [record, stored, text, keys] = await Promise.all([
      deps.cases.findCase(caseId),
      deps.cases.findMeasurement(caseId),
      deps.documents.textOf(caseId),
      deps.documents.keysOf(caseId),
    ]);
    if (record === null || stored === null || text === null || keys === null) return null;
    const { exclusions, revision } = stored;
    const subject = { caseId, text, authorKey: authorKey(record.author), exclusions };
    const compared = await compareWithStored(deps, subject, keys, signal);
    const measurement: Measurement = {
      ...stored.measurement,
      findings: [
        ...compared.findings,
        ...stored.measurement.findings.filter(({ rule }) => rule !== "similarity.passage"),
      ],
      similar: compared.comparison.similar,
      similarityShare: compared.comparison.share,
      coverage: {
        ...stored.measurement.coverage,
        similarity: { done: true, facts: { documents: compared.documents } },
      },
      exclusions,
      evaluatedAt: deps.clock.now(),
    };
    const event = { actor, action: "case.evaluated", subject: caseId, details: { ...exclusions } };
    const isWritten = await deps.writer.replaceMeasurement(
      caseId,
      revision,
      { measurement, newlyCommon: compared.newlyCommon },
      event,
    );
    if (isWritten) return compared.findings.length;
    // somebody else was faster: once more, from what stands there now
  }
}
