/** What an error tells beyond its text: a stable code from its system's table and the HTTP status it maps to. */
export interface ErrorFacts {
  /** Stable, lower snake case, from one table per system. Clients and tests match it. */
  readonly code: string;
  /** HTTP status; 4xx says "the caller can mend it", 5xx says "we could not". */
  readonly status: number;
  /** Machine-readable particulars, safe to show (never secrets, never stack traces). */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The only kind of error that reaches a user with its own words.
 * Anything else that is thrown is a fault of ours: logged with its request id, answered as a plain 500.
 */
export class QuatrainError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "QuatrainError";
    this.code = facts.code;
    this.status = facts.status;
    this.details = facts.details ?? {};
  }
}

/** The caller gave something that cannot be served; the message says what and how to mend it. */
export function userError(code: string, status: number, message: string, details?: ErrorFacts["details"]) {
  return new QuatrainError(message, { code, status, details });
}

/** Text of anything thrown, for logs and for wrapping. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
