import {
  type ColumnDefinitionBuilder,
  type CreateTableBuilder,
  type RawBuilder,
  sql,
  type Transaction,
} from "kysely";
import type { DialectName } from "../database.ts";
import type { Column, ColumnType } from "./columns.ts";

/** What concerns several columns of one table. */
export interface TableKeys {
  /** Columns of a composite primary key. */
  readonly primaryKey?: readonly string[];
  /** Sets of columns that may not repeat together. */
  readonly unique?: readonly (readonly string[])[];
  /** Rows lie in the order of the primary key, for narrow tables with very many rows. No column is generated. */
  readonly clustered?: boolean;
}

export interface IndexSettings {
  readonly unique?: boolean;
}

const SQLITE_TYPES: Record<ColumnType, string> = {
  integer: "integer",
  real: "real",
  text: "text",
  blob: "blob",
};
const POSTGRES_TYPES: Record<ColumnType, string> = {
  integer: "bigint",
  real: "double precision",
  text: 'text collate "C"', // bytewise order, as SQLite has it
  blob: "bytea",
};
const LARGEST_INTEGER = Number.MAX_SAFE_INTEGER;

/** What a migration may do; every word means the same on both dialects. */
export class SchemaKit {
  readonly #tx: Transaction<unknown>;
  readonly #dialect: DialectName;

  constructor(tx: Transaction<unknown>, dialect: DialectName) {
    this.#tx = tx;
    this.#dialect = dialect;
  }

  async createTable(
    table: string,
    columns: Readonly<Record<string, Column>>,
    keys: TableKeys = {},
  ): Promise<void> {
    let builder: CreateTableBuilder<string, string> = this.#tx.schema.createTable(table);
    for (const [name, column] of Object.entries(columns)) {
      builder = builder.addColumn(name, this.#type(column), (definition) =>
        this.#define(definition, name, column),
      );
    }
    if (keys.primaryKey) builder = builder.addPrimaryKeyConstraint(`${table}_pk`, [...keys.primaryKey]);
    for (const names of keys.unique ?? []) {
      builder = builder.addUniqueConstraint(`${table}_${names.join("_")}_unique`, [...names]);
    }
    if (this.#dialect === "sqlite") {
      builder = builder.modifyEnd(keys.clustered ? sql`strict, without rowid` : sql`strict`);
    }
    await builder.execute();
  }

  async dropTable(table: string): Promise<void> {
    await this.#tx.schema.dropTable(table).execute();
  }

  async addColumn(table: string, name: string, column: Column): Promise<void> {
    await this.#tx.schema
      .alterTable(table)
      .addColumn(name, this.#type(column), (definition) => this.#define(definition, name, column))
      .execute();
  }

  async dropColumn(table: string, name: string): Promise<void> {
    await this.#tx.schema.alterTable(table).dropColumn(name).execute();
  }

  /** `columns` in order; `"created_at desc"` sorts one downwards. */
  async createIndex(table: string, columns: readonly string[], settings: IndexSettings = {}): Promise<void> {
    let builder = this.#tx.schema.createIndex(indexName(table, columns)).on(table);
    if (settings.unique) builder = builder.unique();
    for (const column of columns) {
      const [name = "", direction] = column.split(" ");
      builder = builder.column(direction === "desc" ? `${name} desc` : name);
    }
    await builder.execute();
  }

  async dropIndex(table: string, columns: readonly string[]): Promise<void> {
    await this.#tx.schema.dropIndex(indexName(table, columns)).execute();
  }

  /** Fills or moves data with a statement that both dialects understand. */
  async run(statement: RawBuilder<unknown>): Promise<void> {
    await statement.execute(this.#tx);
  }

  #type({ facts }: Column): RawBuilder<unknown> {
    return sql.raw((this.#dialect === "sqlite" ? SQLITE_TYPES : POSTGRES_TYPES)[facts.type]);
  }

  #define(definition: ColumnDefinitionBuilder, name: string, { facts }: Column): ColumnDefinitionBuilder {
    let defined = facts.nullable ? definition : definition.notNull();
    if (facts.primaryKey) defined = defined.primaryKey();
    if (facts.generated) defined = this.#generated(defined);
    if (facts.unique) defined = defined.unique();
    if (facts.default !== null) defined = defined.defaultTo(facts.default);
    if (facts.references) {
      const { table, column, onDelete } = facts.references;
      defined = defined.references(`${table}.${column}`).onDelete(onDelete);
    }
    return facts.type === "integer" && !facts.generated ? defined.check(safeRange(name)) : defined;
  }

  #generated(definition: ColumnDefinitionBuilder): ColumnDefinitionBuilder {
    return this.#dialect === "sqlite"
      ? definition.autoIncrement()
      : definition.generatedByDefaultAsIdentity();
  }
}

/** An integer that JavaScript cannot read back exactly is refused when it is written, not when it is listed. */
function safeRange(column: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} between ${sql.lit(-LARGEST_INTEGER)} and ${sql.lit(LARGEST_INTEGER)}`;
}

function indexName(table: string, columns: readonly string[]): string {
  return `${table}_${columns.map((column) => column.replace(" ", "_")).join("_")}_index`;
}
