import type { Measurement } from "../measurement.ts";
import type { DocumentName, DocumentReader } from "../store/document-reader.ts";

/** A measurement whose sources exist, with their names. */
export interface NamedMeasurement {
  readonly measurement: Measurement;
  readonly names: ReadonlyMap<number, DocumentName>;
}

/** Looks up what the sources are called now, and leaves out what has been deleted since: deletion is real. */
export async function nameSources(
  documents: Pick<DocumentReader, "namesOf">,
  measurement: Measurement,
): Promise<NamedMeasurement> {
  const names = await documents.namesOf(measurement.similar.map(({ document }) => document));
  return {
    names,
    measurement: {
      ...measurement,
      findings: measurement.findings.filter(
        ({ source }) => source === undefined || names.has(source.document),
      ),
      similar: measurement.similar.filter(({ document }) => names.has(document)),
    },
  };
}
