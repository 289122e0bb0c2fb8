import type { OldCase } from "../../../contracts/integrity/index.ts";
import type { OldField } from "./field-names.ts";
import type { Mapping } from "./find-mapping.ts";
import * as read from "./old-values.ts";
import type { Place, Row } from "./row-places.ts";

/** A row as a case, with the role and product that the contract has no word for. */
export interface ReadCase {
  readonly sent: OldCase;
  readonly unknownRole: string | null;
  readonly unknownProduct: string | null;
}

/** Longer texts are no document that the server would take; only their length would count. UTF-16 units. */
const LONGEST_TEXT = 2_000_000;

/** Takes a case out of a row; what the row lacks is null, and the server says whether it can do without. */
export function readOldCase(row: Row, mapping: Mapping): ReadCase {
  const first = <Value>(field: OldField, reader: (value: unknown) => Value | null): Value | null =>
    firstOf(row, mapping.fields[field], reader);
  const role = first("role", read.readText);
  const product = first("product_type", read.readText);
  const knownRole = read.readRole(role);
  const knownProduct = read.readProduct(product);
  const text = first("texto", read.readDocument);
  return {
    sent: {
      case_id: first("case_id", read.readText) ?? "",
      title: first("title", read.readText),
      author: first("author", read.readText),
      role: knownRole,
      product_type: knownProduct,
      overall_score:
        first("overall_score", (value) => read.readScore(value, mapping.scoresAreShares)) ?? undefined,
      overall_level: first("overall_level", read.readLevel),
      confidence: first("confidence", read.readConfidence),
      analyzed_at: first("analyzed_at", read.readMoment),
      dimensions: first("dimensions", read.readDimensions) ?? dimensionsOfColumns(row, mapping),
      evidencias: first("evidencias", read.readEvidences) ?? evidencesOfColumns(row, mapping),
      texto: text !== null && text.length <= LONGEST_TEXT ? text : null,
    },
    unknownRole: knownRole === null ? role : null,
    unknownProduct: knownProduct === null ? product : null,
  };
}

function firstOf<Value>(
  row: Row,
  places: readonly Place[],
  reader: (value: unknown) => Value | null,
): Value | null {
  for (const place of places) {
    const value = reader(row.at(place));
    if (value !== null) return value;
  }
  return null;
}

function dimensionsOfColumns(row: Row, { dimensions }: Mapping): OldCase["dimensions"] {
  const found = [...dimensions].map(([name, place]) => [name, read.readNumber(row.at(place))] as const);
  return read.asPercent(Object.fromEntries(found.filter(([, number]) => number !== null)));
}

function evidencesOfColumns(row: Row, { evidences }: Mapping): OldCase["evidencias"] {
  if (evidences.size === 0) return null;
  return Object.fromEntries(
    [...evidences].map(([name, place]) => [name, read.isMarked(row.at(place)) ? 1 : 0]),
  );
}
