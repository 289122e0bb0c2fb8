import { messageOf, QuatrainError, userError } from "../errors/quatrain-error.ts";

/** `bad_archive` (400). `fault` is a sentence without its stop. */
export function badArchive(fault: string): QuatrainError {
  return userError("bad_archive", 400, `${fault}. Pack it again and send it again.`);
}

/**
 * What the unpacking threw, in the user's terms. Faults of this machine's files and refusals of ours stay what
 * they are.
 * @param where "The archive", or the entry
 */
export function asBadArchive(error: unknown, where: string): unknown {
  if (error instanceof QuatrainError) return error;
  if (error instanceof Error && "syscall" in error) return error;
  return badArchive(`${where} is damaged or no ZIP file (${messageOf(error).slice(0, 200)})`);
}
