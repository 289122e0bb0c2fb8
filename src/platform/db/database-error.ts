/** What kind of fault it was, the same on both dialects. */
export type DatabaseFault =
  | "unique"
  | "foreign_key"
  | "not_null"
  | "check"
  | "type"
  | "full"
  | "timeout"
  | "read_only"
  | "transaction_failed"
  | "other";

/**
 * A statement failed. `message` ends with the statement's SQL (never its parameters, which may be secret).
 * Not a user's error: a store that expects a fault (a name already taken) turns it into one by `isFault`.
 */
export class DatabaseError extends Error {
  readonly fault: DatabaseFault;
  readonly sql: string;
  /** The dialect's own code: SQLite's extended result code or PostgreSQL's SQLSTATE. */
  readonly nativeCode: string;

  constructor(
    reason: string,
    facts: { fault: DatabaseFault; sql: string; nativeCode: string; cause?: unknown },
  ) {
    super(
      `${reason} [in: ${excerpt(facts.sql)}]`,
      facts.cause === undefined ? undefined : { cause: facts.cause },
    );
    this.name = "DatabaseError";
    this.fault = facts.fault;
    this.sql = facts.sql;
    this.nativeCode = facts.nativeCode;
  }
}

/** True when `error` is a failed statement of that kind. */
export function isFault(error: unknown, fault: DatabaseFault): boolean {
  return error instanceof DatabaseError && error.fault === fault;
}

/** The error of every statement after the first failed one in a transaction. */
export function transactionFailed(sql: string, first: unknown): DatabaseError {
  return new DatabaseError("the transaction has already failed", {
    fault: "transaction_failed",
    sql,
    nativeCode: "",
    cause: first,
  });
}

function excerpt(sql: string): string {
  const line = sql.replaceAll(/\s+/g, " ").trim();
  return line.length > 600 ? `${line.slice(0, 600)} ...` : line;
}
