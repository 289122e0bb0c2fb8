import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";

/** `url_refused` (400). `fault` ends the sentence. */
export function urlRefused(fault: string): QuatrainError {
  return userError("url_refused", 400, `The address cannot be fetched: ${fault}.`);
}

/** `fetch_failed` (400): the other side's fault, as far as anybody can tell. */
export function fetchFailed(host: string, fault: string, cause?: unknown): QuatrainError {
  return new QuatrainError(
    `The picture could not be fetched from ${host}: ${fault}. Check the address, or send the picture itself.`,
    { code: "fetch_failed", status: 400, details: { host }, cause },
  );
}
