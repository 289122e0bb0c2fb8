import { messageOf, QuatrainError, userError } from "../errors/quatrain-error.ts";

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

/** The disk, or what the folder allows, is at fault: `storage_unavailable` (503). Anything else stays as it is. */
export function asStorageFault(error: unknown): unknown {
  if (!hasCode(error, "EROFS", "EACCES", "EPERM", "EIO")) return error;
  const { code } = error as { code: string };
  return new QuatrainError(
    `The server's folder cannot be read or written (${code}): its administrator has to look after the disk and the folder's permissions`,
    { code: "storage_unavailable", status: 503, cause: error },
  );
}

/** The folder of a store cannot be made or opened. */
export function unusableFolder(folder: string, error: unknown): QuatrainError {
  return new QuatrainError(
    `The folder ${folder} cannot be used (${messageOf(error)}): choose another one or mend its permissions`,
    { code: "storage_unavailable", status: 503, cause: error },
  );
}

/** True for a system error with one of these codes (`ENOENT`, ...). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.includes(String(error.code));
}
