import { table } from "../../output.ts";
import { OLD_FIELDS } from "./field-names.ts";
import { describePlaces, foundFields, type Mapping } from "./find-mapping.ts";
import type { Tally } from "./tally.ts";

/** What was found in an older server's file, for a person and for scripts. */
export interface MappingReport {
  readonly file: string;
  readonly table: string;
  readonly rows: number;
  readonly fields: Readonly<Record<string, { readonly from: string; readonly filled: number }>>;
  readonly missing: readonly string[];
  readonly scores_are_shares: boolean;
  /** Words that the contract does not have, with how often they stand there. */
  readonly unknown_roles: Readonly<Record<string, number>>;
  readonly unknown_product_types: Readonly<Record<string, number>>;
}

export function reportMapping(file: string, mapping: Mapping, tally: Tally): MappingReport {
  const found = foundFields(mapping);
  return {
    file,
    table: mapping.table.name,
    rows: tally.rows,
    fields: Object.fromEntries(
      found.map((field) => [
        field,
        { from: describePlaces(mapping, field), filled: tally.filled.get(field) ?? 0 },
      ]),
    ),
    missing: OLD_FIELDS.filter((field) => !found.includes(field)),
    scores_are_shares: mapping.scoresAreShares,
    unknown_roles: Object.fromEntries(tally.unknownRoles),
    unknown_product_types: Object.fromEntries(tally.unknownProducts),
  };
}

export function describeMapping(report: MappingReport): string {
  const rows = Object.entries(report.fields).map(([field, { from, filled }]) => [field, filled, from]);
  const lines = [
    `${report.file}: table ${report.table}, ${report.rows} rows`,
    table(["field", "filled", "from"], rows),
  ];
  if (report.missing.length > 0) lines.push(`not found: ${report.missing.join(", ")}`);
  if (report.scores_are_shares) lines.push("scores stand there as 0..1 and are taken times 100");
  lines.push(
    ...unknown("role", report.unknown_roles, "Estudiante"),
    ...unknown("product type", report.unknown_product_types, "Otro"),
  );
  return lines.join("\n");
}

function unknown(what: string, words: Readonly<Record<string, number>>, taken: string): string[] {
  return Object.entries(words).map(
    ([word, count]) => `${what} ${JSON.stringify(word)} (${count}) is not known: taken as ${taken}`,
  );
}
