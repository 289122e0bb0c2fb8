import type { CaseRecord } from "../case-record.ts";
import type { Measurement } from "../measurement.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { CaseWriter } from "../store/case-writer.ts";

export interface AmendDeps {
  readonly cases: CaseReader;
  readonly writer: CaseWriter;
}

/**
 * Changes what was measured in a case, from what stands there now: again when somebody else was faster.
 * @param action for the audit
 * @returns false when the case is gone
 */
export async function amendMeasurement(
  { cases, writer }: AmendDeps,
  caseId: string,
  action: string,
  amend: (measurement: Measurement, record: CaseRecord) => Measurement,
): Promise<boolean> {
  for (;;) {
    const [record, stored] = await Promise.all([cases.findCase(caseId), cases.findMeasurement(caseId)]);
    if (record === null || stored === null) return false;
    const measurement = amend(stored.measurement, record);
    const event = { actor: "quatrain", action, subject: caseId, details: {} };
    const replaced = { measurement, newlyCommon: [] };
    if (await writer.replaceMeasurement(caseId, stored.revision, replaced, event)) return true;
  }
}
