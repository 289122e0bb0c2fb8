/** The four column types that mean the same on both dialects. */
export type ColumnType = "integer" | "real" | "text" | "blob";

export type OnDelete = "cascade" | "set null" | "restrict";

interface Facts {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly generated: boolean;
  readonly unique: boolean;
  readonly default: number | string | null;
  readonly references: {
    readonly table: string;
    readonly column: string;
    readonly onDelete: OnDelete;
  } | null;
}

/** A column of a table to be; immutable, each call yields a new one. Not null unless it says `nullable()`. */
export class Column {
  readonly facts: Facts;

  constructor(facts: Facts) {
    this.facts = facts;
  }

  nullable(): Column {
    return new Column({ ...this.facts, nullable: true });
  }

  primaryKey(): Column {
    return new Column({ ...this.facts, primaryKey: true });
  }

  unique(): Column {
    return new Column({ ...this.facts, unique: true });
  }

  /** The value of a row that names none; adding a column to a table with rows needs it (or `nullable()`). */
  default(value: number | string): Column {
    return new Column({ ...this.facts, default: value });
  }

  references(table: string, column: string, onDelete: OnDelete): Column {
    return new Column({ ...this.facts, references: { table, column, onDelete } });
  }
}

const PLAIN: Omit<Facts, "type"> = {
  nullable: false,
  primaryKey: false,
  generated: false,
  unique: false,
  default: null,
  references: null,
};

/** Whole numbers within +-(2^53 - 1); others are refused when written. Times (milliseconds UTC) and 0/1 too. */
export function integer(): Column {
  return new Column({ ...PLAIN, type: "integer" });
}

/** A 64 bit float. */
export function real(): Column {
  return new Column({ ...PLAIN, type: "real" });
}

/** Unicode without NUL, compared and sorted by its UTF-8 bytes. JSON is text. */
export function text(): Column {
  return new Column({ ...PLAIN, type: "text" });
}

/** Bytes; keep them small, files belong in the file store. */
export function blob(): Column {
  return new Column({ ...PLAIN, type: "blob" });
}

/** The primary key 1, 2, 3 ... in order of insertion; never used twice, gaps are possible. */
export function serial(): Column {
  return new Column({ ...PLAIN, type: "integer", primaryKey: true, generated: true });
}
