import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A statement ready to run. */
export interface PreparedStatement {
  readonly statement: StatementSync;
  readonly yieldsRows: boolean;
}

/** Keeps the most recently used prepared statements of one connection. */
export class StatementCache {
  readonly #connection: DatabaseSync;
  readonly #capacity: number;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(connection: DatabaseSync, capacity: number) {
    this.#connection = connection;
    this.#capacity = capacity;
  }

  prepare(sql: string): PreparedStatement {
    const prepared = this.#statements.get(sql) ?? this.#compile(sql);
    this.#statements.delete(sql); // reinserted at the end: a Map iterates from the least recently used
    this.#statements.set(sql, prepared);
    if (this.#statements.size > this.#capacity) this.#forgetOldest();
    return prepared;
  }

  #compile(sql: string): PreparedStatement {
    const statement = this.#connection.prepare(sql);
    return { statement, yieldsRows: statement.columns().length > 0 };
  }

  #forgetOldest(): void {
    for (const sql of this.#statements.keys()) {
      this.#statements.delete(sql);
      return;
    }
  }
}
