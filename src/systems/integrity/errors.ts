import { InvalidInput } from "../../platform/errors/invalid-input.ts";
import type { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import type { ErrorSituation } from "../../platform/http/mounted-system.ts";

/** Our codes whose meaning the contract has a word for. */
const CONTRACT_CODES: Readonly<Record<string, string>> = {
  invalid_json: "INVALID_REQUEST",
  malformed_body: "INVALID_REQUEST",
  malformed_request: "INVALID_REQUEST",
  bad_request: "INVALID_REQUEST",
  bad_path: "INVALID_REQUEST",
  invalid_input: "INVALID_REQUEST",
  case_not_found: "NOT_FOUND",
  source_not_found: "NOT_FOUND",
  batch_not_found: "NOT_FOUND",
};

/** Faults of ours, by what was asked for; the first that fits. */
const OWN_FAULTS: readonly (readonly [path: RegExp, code: string])[] = [
  [/^\/api\/analyze/, "ANALYSIS_ERROR"],
  [/^\/api\/metrics\/temporal/, "TEMPORAL_ERROR"],
  [/^\/api\/metrics/, "METRICS_ERROR"],
  [/./, "QUERY_ERROR"],
];

/**
 * Integrity's error bodies: `{"error", "code"}`, with `case_id` or `status` where the contract shows them.
 * Source: contracts/integrity.md "Códigos de Error"; spec/integrity.md section 1, "Errors".
 */
export function presentIntegrityError(error: QuatrainError, { path }: ErrorSituation) {
  if (error.code === "not_found") return { error: "Endpoint not found", code: "NOT_FOUND", status: 404 };
  if (error.code === "method_not_allowed") {
    return { error: "Method not allowed", code: "METHOD_NOT_ALLOWED", status: 405 };
  }
  const { caseId } = error.details;
  return {
    error: error.message,
    code: codeOf(error, path),
    ...(typeof caseId === "string" ? { case_id: caseId } : {}),
  };
}

/** The contract knows no 422. */
export function statusOfIntegrityError(error: QuatrainError): number {
  return error instanceof InvalidInput ? 400 : error.status;
}

function codeOf({ code, status }: QuatrainError, path: string): string {
  if (status === 500) return OWN_FAULTS.find(([pattern]) => pattern.test(path))?.[1] ?? "QUERY_ERROR";
  return CONTRACT_CODES[code] ?? code.toUpperCase();
}
