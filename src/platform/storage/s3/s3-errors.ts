import { messageOf, QuatrainError } from "../../errors/quatrain-error.ts";

/** There is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === "NoSuchKey" || error.name === "NotFound");
}

/** The server cannot be reached, refuses the credentials or has no such bucket. */
export function storageUnavailable(bucket: string, error: unknown): QuatrainError {
  return new QuatrainError(
    `The bucket ${bucket} does not answer (${reasonOf(error)}). ` +
      "Check QUATRAIN_S3_ENDPOINT, QUATRAIN_S3_BUCKET and the credentials, then try again.",
    { code: "storage_unavailable", status: 503, cause: error },
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  return error.message === "" || error.message === "UnknownError" ? error.name : error.message;
}
