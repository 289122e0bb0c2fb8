import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { CaseRecord } from "../case-record.ts";
import type { CaseReader } from "../store/case-reader.ts";
import { noSuchCase } from "../store/case-writer.ts";
import type { DocumentReader } from "../store/document-reader.ts";
import { type NamedMeasurement, nameSources } from "./name-sources.ts";

export interface FindCaseDeps {
  readonly cases: CaseReader;
  readonly documents: DocumentReader;
}

/** @throws QuatrainError `case_not_found` (404) */
export async function findCase({ cases }: Pick<FindCaseDeps, "cases">, id: string): Promise<CaseRecord> {
  return (await cases.findCase(id)) ?? noSuchCase(id);
}

/** A case with everything that was found. */
export interface MeasuredCase {
  readonly record: CaseRecord;
  readonly measurement: NamedMeasurement | null;
  /** Whether its text can be read. */
  readonly textKept: boolean;
}

/** @throws QuatrainError `case_not_found` (404) */
export async function findMeasuredCase(deps: FindCaseDeps, id: string): Promise<MeasuredCase> {
  const record = await findCase(deps, id);
  const [stored, textKept] = await Promise.all([
    deps.cases.findMeasurement(id),
    deps.documents.keepsText(id),
  ]);
  return {
    record,
    textKept,
    measurement: stored === null ? null : await nameSources(deps.documents, stored.measurement),
  };
}

/** @throws QuatrainError `case_not_found`, `text_not_kept` (404) */
export async function findCaseText(deps: FindCaseDeps, id: string): Promise<string> {
  await findCase(deps, id);
  const text = await deps.documents.textOf(id);
  if (text !== null) return text;
  throw userError("text_not_kept", 404, "The text of this case is not kept", { caseId: id });
}
