import { createHash } from "node:crypto";
import { InvalidInput } from "../../platform/errors/invalid-input.ts";
import { type QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";
import type { ErrorSituation } from "../../platform/http/mounted-system.ts";

/** The browser extension speaks dialect B on these. */
const DIALECT_B = /^\/(health$|v1\/pipeline\/|v1\/pass2\/)/;

const HOW_TO_UPLOAD =
  "There is no picture in the form: send pictures, zip or cbz as multipart/form-data, in the field file";

/**
 * Colorization's two error bodies: `{code, message, details, trace_id}`, and the extension's `{status, message,
 * timestamp_utc, details?}`. Source: spec/colorization.md sections 1 and 2.
 */
export function presentColorizationError(error: QuatrainError, situation: ErrorSituation) {
  const { path, requestId } = situation;
  return DIALECT_B.test(path) ? bodyB(error, situation) : bodyA(error, situation, traceIdOf(requestId));
}

/** The contract knows no 422, but for `?strict=1`. */
export function statusOfColorizationError(error: QuatrainError): number {
  return error instanceof InvalidInput ? 400 : error.status;
}

function bodyA(error: QuatrainError, { headers, path }: ErrorSituation, traceId: string) {
  if (error.code === "not_found") {
    return { code: "not_found", message: "Endpoint not found", details: {}, trace_id: traceId };
  }
  if (error.code === "unauthorized") {
    const sent = headers.authorization !== undefined || headers["x-api-token"] !== undefined;
    const message = sent ? "Invalid bearer token" : "Missing bearer token";
    return { code: "unauthorized", message, details: {}, trace_id: traceId };
  }
  if (error instanceof InvalidInput) {
    const details = { errors: error.faults, field: error.faults[0]?.loc.slice(1).join(".") };
    const message = path === "/v1/uploads" && details.field === "file" ? HOW_TO_UPLOAD : error.message;
    return { code: "invalid_request", message, details, trace_id: traceId };
  }
  // a NUL where the database would have it: for the contract one more value that cannot be used
  if (error.code === "invalid_text") {
    return {
      code: "invalid_request",
      message: error.message,
      details: { ...error.details },
      trace_id: traceId,
    };
  }
  return { code: error.code, message: error.message, details: { ...error.details }, trace_id: traceId };
}

function bodyB(error: QuatrainError, { headers }: ErrorSituation) {
  const details = detailsB(error);
  return {
    status: "error" as const,
    message: messageB(error, headers["x-api-token"] !== undefined || headers.authorization !== undefined),
    timestamp_utc: new Date().toISOString(),
    ...(details === undefined ? {} : { details }),
  };
}

function messageB({ code, message }: QuatrainError, hasSent: boolean): string {
  if (code === "invalid_json") return "Bad request";
  if (code !== "unauthorized") return message;
  return hasSent ? "Invalid X-API-Token" : "Missing X-API-Token";
}

/** Every refusal of a request says why in `details`, where the extension looks. */
function detailsB({ code, message, status, details }: QuatrainError): unknown {
  if (code === "invalid_json") return jsonFault(message);
  if (details.details !== undefined) return details.details;
  if (Object.keys(details).length > 0) return { ...details, reason: message };
  return status === 400 || status === 422 ? message : undefined;
}

function jsonFault(message: string): string {
  return /object/i.test(message) ? "JSON body must be an object" : "Body must be valid JSON";
}

/** The last group of our request ids has twelve hexadecimal digits: what is shown is found in the log. */
function traceIdOf(requestId: string): string {
  const last = /[0-9a-f]{12}$/.exec(requestId)?.[0];
  return last ?? createHash("sha256").update(requestId).digest("hex").slice(0, 12);
}

/** A field of a request of dialect A that cannot be used. */
export function invalidRequest(field: string, message: string): QuatrainError {
  return userError("invalid_request", 400, message, { field });
}

/** A request of dialect B that cannot be used: `details` says why, in its own words. */
export function badRequestB(details: string): QuatrainError {
  return userError("bad_request", 400, "Bad request", { details });
}

export function jobNotFound(jobId: string): QuatrainError {
  return userError("job_not_found", 404, "Job not found", { job_id: jobId });
}

export function artifactNotFound(artifact: string): QuatrainError {
  return userError("artifact_not_found", 404, `This page has no ${artifact} yet`, { artifact });
}

export function pathNotAllowed(field: string, path: string): QuatrainError {
  return userError(
    "path_not_allowed",
    400,
    `${field} is no path below a data root: use a relative path, one below QUATRAIN_ROOTS, or an upload`,
    { field, path: path.slice(0, 300) },
  );
}

export function outputNotAllowed(field: string, path: string): QuatrainError {
  return userError(
    "path_not_allowed",
    400,
    `${field} lies among the files that the server keeps itself (jobs, uploads): name another folder`,
    { field, path: path.slice(0, 300) },
  );
}
