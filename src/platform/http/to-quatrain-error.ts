import { messageOf, QuatrainError, userError } from "../errors/quatrain-error.ts";

/** Faults that the HTTP library finds before a handler runs, in words that say what to do. */
const LIBRARY_FAULTS: Readonly<Record<string, readonly [code: string, status: number, message: string]>> = {
  FST_ERR_BAD_URL: ["bad_path", 400, "The path is malformed: a % stands for itself only as %25"],
  FST_ERR_MAX_PARAM_LENGTH: ["bad_path", 414, "A part of the path is too long"],
  FST_ERR_CTP_BODY_TOO_LARGE: ["too_large", 413, "The body is larger than this endpoint takes"],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported_media_type", 415, "The Content-Type header is malformed"],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["malformed_body", 400, "The body is not as long as it claims to be"],
  FST_REQ_FILE_TOO_LARGE: ["too_large", 413, "One of the files is larger than this server takes"],
  FST_FILES_LIMIT: ["too_large", 413, "The form has too many files"],
  FST_PARTS_LIMIT: ["too_large", 413, "The form has too many parts"],
  FST_FIELDS_LIMIT: ["too_large", 413, "The form has too many fields"],
  FST_PROTO_VIOLATION: ["malformed_body", 400, "A field of the form has a name that no field may have"],
  FST_INVALID_JSON_FIELD_ERROR: [
    "malformed_body",
    400,
    "A field of the form says that it is application/json, and is not",
  ],
  FST_MP_PREMATURE_CLOSE: ["malformed_body", 400, "The form was cut off: send it again, whole"],
};

/** Anything thrown, as what is answered; what nobody foresaw is a 500 that tells nothing. */
export function toQuatrainError(thrown: unknown): QuatrainError {
  if (thrown instanceof QuatrainError) return thrown;
  const { code = "", statusCode = 500 } = thrown as { code?: string; statusCode?: number };
  const known = LIBRARY_FAULTS[code];
  if (known) return userError(known[0], known[1], known[2]);
  if (statusCode >= 400 && statusCode < 500) return userError("bad_request", statusCode, messageOf(thrown));
  return new QuatrainError("Internal error; the server's log has the particulars under this request id", {
    code: "internal_error",
    status: 500,
    cause: thrown,
  });
}

/** What a cancelled request is answered with: work that was cut short is nobody's fault. */
export function orEnded(thrown: unknown, gone: AbortSignal, stopping: AbortSignal): unknown {
  if (!isCancellation(thrown)) return thrown;
  if (stopping.aborted) {
    return new QuatrainError("The server is stopping: send the request again", {
      code: "stopping",
      status: 503,
      details: { retryAfterS: 5 },
    });
  }
  return gone.aborted ? userError("client_gone", 499, "The client went away") : thrown;
}

function isCancellation(thrown: unknown): boolean {
  return thrown instanceof QuatrainError
    ? thrown.code === "cancelled"
    : thrown instanceof Error && thrown.name === "AbortError";
}
