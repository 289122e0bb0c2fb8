import { type QuatrainError, userError } from "../errors/quatrain-error.ts";

/** There is nothing under the key. */
export function fileNotFound(key: string): QuatrainError {
  return userError("file_not_found", 404, `There is no file ${key}.`, { key });
}

/** A folder stands where a file should be, or a file where a folder should be. */
export function keyConflict(key: string): QuatrainError {
  return userError(
    "key_conflict",
    409,
    `${key} cannot be written: a file and a folder would have one name.`,
    { key },
  );
}

/** The path leads out of the store through a symbolic link. */
export function outsideStore(key: string): QuatrainError {
  return userError(
    "invalid_key",
    400,
    `The file name ${key} cannot be used: a link leads out of the store.`,
    { key },
  );
}

/** True for a system error with one of these codes (`ENOENT`, ...). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.includes(String(error.code));
}
