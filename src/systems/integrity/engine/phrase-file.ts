import { readFile, stat } from "node:fs/promises";
import { parsePhraseList } from "../../../algorithms/text/phrases/phrase-list.ts";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";

const MOST_BYTES = 32 * 2 ** 20;

/**
 * The operator's own list of phrases, as the screener of problematic papers publishes it; null where none is set.
 * @returns the file's JSON, known to be readable
 * @throws QuatrainError `invalid_settings` (400), which keeps the server from starting
 */
export async function readPhraseFile(path: string | null): Promise<unknown> {
  if (path === null) return null;
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes`);
    const json: unknown = JSON.parse(await readFile(path, "utf8"));
    parsePhraseList(json);
    return json;
  } catch (error) {
    throw userError(
      "invalid_settings",
      400,
      `QUATRAIN_INTEGRITY_PHRASES: ${path} cannot be used: ${messageOf(error)}`,
    );
  }
}
