import { type FieldFault, InvalidInput } from "../../platform/errors/invalid-input.ts";
import { type QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";
import type { ErrorSituation } from "../../platform/http/mounted-system.ts";

/** Our codes whose meaning the contract has a word for. */
const CONTRACT_CODES: Readonly<Record<string, string>> = {
  invalid_input: "VALIDATION_ERROR",
  invalid_json: "VALIDATION_ERROR",
  malformed_body: "VALIDATION_ERROR",
  malformed_request: "VALIDATION_ERROR",
  bad_request: "VALIDATION_ERROR",
};

/**
 * Training's error bodies: `{"detail", "code", "field"}`, `detail` always a text; 422 lists every fault in `errors`.
 * Source: contracts/training.md "에러 코드"; spec/training.md section 1, "errors".
 */
export function presentTrainingError(error: QuatrainError, { requestId }: ErrorSituation) {
  const field = fieldOf(error);
  const faults = faultsOf(error, field);
  return {
    detail: error.message,
    code: CONTRACT_CODES[error.code] ?? error.code.toUpperCase(),
    ...(field === null ? {} : { field }),
    ...(faults === null ? {} : { errors: faults }),
    request_id: requestId,
  };
}

/** What a 422 lists; null for other errors. */
function faultsOf(error: QuatrainError, field: string | null): readonly FieldFault[] | null {
  if (error instanceof InvalidInput) return error.faults;
  if (error.status !== 422) return null;
  return [{ loc: ["body", ...(field?.split(".") ?? [])], msg: error.message, type: "value_error" }];
}

/** `advanced_config.optimizer.betas`: where a fault is, in the client's own names, without the `config` around it. */
function fieldOf(error: QuatrainError): string | null {
  const { field } = error.details;
  if (typeof field === "string") return field;
  if (!(error instanceof InvalidInput)) return null;
  const [, ...path] = error.faults[0]?.loc ?? [];
  const inner = path[0] === "config" && path.length > 1 ? path.slice(1) : path;
  return inner.length === 0 ? null : inner.join(".");
}

export function jobNotFound(id: number): QuatrainError {
  return userError("job_not_found", 404, `Training job ${id} not found`);
}

export function datasetNotFound(id: string): QuatrainError {
  return userError("dataset_not_found", 404, `Dataset ${id} not found`, { field: "dataset_id" });
}

export function checkpointNotFound(detail: string): QuatrainError {
  return userError("checkpoint_not_found", 404, detail);
}

export function invalidStatus(detail: string): QuatrainError {
  return userError("invalid_status", 409, detail);
}

export function notYours(what: string): QuatrainError {
  return userError("forbidden", 403, `${what} belongs to somebody else: only its owner may change it`);
}

/** One field is at fault, found after the schema. */
export function fieldFault(field: string, message: string): InvalidInput {
  return new InvalidInput([{ loc: ["body", ...field.split(".")], msg: message, type: "value_error" }]);
}

export function datasetFileNotFound(path: string): QuatrainError {
  return userError("file_not_found", 404, `The dataset has no file ${path.slice(0, 300)}`);
}

export function validationNotFound(id: number): QuatrainError {
  return userError("validation_not_found", 404, `Validation result ${id} not found`);
}

export function imageNotFound(id: number): QuatrainError {
  return userError("image_not_found", 404, `The validation has no picture ${id}, or it is not kept any more`);
}
