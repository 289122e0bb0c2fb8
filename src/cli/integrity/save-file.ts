import { writeFile } from "node:fs/promises";
import { messageOf, userError } from "../../platform/errors/quatrain-error.ts";

/** Writes what was asked for. @throws QuatrainError `not_written` (400) where the place does not allow it */
export async function saveFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw userError("not_written", 400, `${path} cannot be written: ${messageOf(error)}`);
  }
}
