import { messageOf } from "../../errors/quatrain-error.ts";
import type { DatabaseFault } from "../database-error.ts";
import type { Failure } from "./messages.ts";

/** SQLite's extended result codes (https://sqlite.org/rescode.html). */
const FAULTS: ReadonlyMap<number, DatabaseFault> = new Map([
  [2067, "unique"],
  [1555, "unique"],
  [2579, "unique"],
  [787, "foreign_key"],
  [1299, "not_null"],
  [275, "check"],
  [3091, "type"],
  [5, "timeout"],
  [8, "read_only"],
  [13, "full"],
]);

/** What was thrown by node:sqlite, in a form that crosses threads. */
export function sqliteFailure(error: unknown): Failure {
  const errcode =
    typeof error === "object" && error !== null && "errcode" in error ? Number(error.errcode) : 0;
  return { reason: messageOf(error), fault: FAULTS.get(errcode) ?? "other", nativeCode: String(errcode) };
}
