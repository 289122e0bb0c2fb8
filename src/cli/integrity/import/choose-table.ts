import type { ForeignDatabase, ForeignTable } from "../../../platform/db/sqlite/read-foreign-sqlite.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { FIELD_NAMES } from "./field-names.ts";
import { findMapping, lackingFields, likeliest, type Mapping } from "./find-mapping.ts";

const SAMPLE_ROWS = 200;
const SHOWN_TABLES = 30;

/**
 * The table that holds the cases, with the places of what a case is made of.
 * @throws QuatrainError `no_cases` (400) where no table looks like it: what was found, and what is missing
 */
export function chooseTable(path: string, database: ForeignDatabase, named: string | undefined): Mapping {
  const tables = database.tables.filter(({ name }) => named === undefined || name === named);
  const mapping = likeliest(tables.map((table) => findMapping(table, sampleOf(database, table))));
  if (mapping === null) {
    const what = named === undefined ? "no tables" : `no table ${named}`;
    throw userError("no_cases", 400, `${path} has ${what}; found: ${listTables(database.tables)}`);
  }
  const lacking = lackingFields(mapping);
  if (lacking.length === 0) return mapping;
  const wanted = lacking.map(
    (field) => `${field} (a column such as ${FIELD_NAMES[field].slice(0, 4).join(", ")})`,
  );
  throw userError(
    "no_cases",
    400,
    `No table of ${path} holds cases. The likeliest, ${mapping.table.name}, has no ${wanted.join(" and no ")}. ` +
      `Found: ${listTables(database.tables)}`,
  );
}

function sampleOf(database: ForeignDatabase, { name, columns }: ForeignTable) {
  for (const page of database.pages(name, columns, SAMPLE_ROWS)) return page;
  return [];
}

function listTables(tables: readonly ForeignTable[]): string {
  const shown = tables.slice(0, SHOWN_TABLES).map(({ name, columns }) => `${name}(${columns.join(", ")})`);
  const more = tables.length > shown.length ? ` and ${tables.length - shown.length} more` : "";
  return shown.length === 0 ? "nothing" : shown.join("; ") + more;
}
