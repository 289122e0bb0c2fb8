import { messageOf, QuatrainError } from "../../errors/quatrain-error.ts";
import { DatabaseError, type DatabaseFault } from "../database-error.ts";

/** SQLSTATEs (PostgreSQL manual, appendix A). */
const FAULTS: ReadonlyMap<string, DatabaseFault> = new Map([
  ["23505", "unique"],
  ["23503", "foreign_key"],
  ["23502", "not_null"],
  ["23514", "check"],
  ["22P02", "type"],
  ["22003", "type"],
  ["53100", "full"],
  ["57014", "timeout"],
  ["55P03", "timeout"],
  ["25006", "read_only"],
  ["25P02", "transaction_failed"],
]);

/** A failed statement as the port's error. */
export function postgresError(error: unknown, sql: string): DatabaseError {
  const nativeCode = codeOf(error);
  const fault = FAULTS.get(nativeCode) ?? "other";
  return new DatabaseError(messageOf(error), { fault, sql, nativeCode, cause: error });
}

/** No connection could be had. Names neither the address nor the password. */
export function unreachable(error: unknown): QuatrainError {
  return new QuatrainError(
    "PostgreSQL cannot be reached. Check that it runs, that DATABASE_URL is right and that it has free connections.",
    {
      code: "database_unavailable",
      status: 503,
      details: { reason: codeOf(error) || "timeout" },
      cause: error,
    },
  );
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
