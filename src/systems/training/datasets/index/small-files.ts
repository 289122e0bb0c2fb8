import { setImmediate } from "node:timers/promises";
import { messageOf, QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import { eachAtOnce } from "../paths/at-once.ts";
import type { FormatInput } from "./dataset-index.ts";
import type { Problems } from "./problems.ts";

/** Files that are read at a time: a store may be far away. */
const AT_ONCE = 16;
/** Of a file about one picture, or a list of names. */
const MAX_SMALL_BYTES = 4 * 1024 * 1024;

/** Files between two turns of the event loop, also where reading them takes none. */
const TURN = 200;

/** The text of a small file; null, and a problem, where it is none or too long. */
export async function readSmall(
  input: FormatInput,
  path: string,
  problems: Problems,
): Promise<string | null> {
  try {
    const text = await input.readText(path, MAX_SMALL_BYTES);
    if (text.length <= MAX_SMALL_BYTES) return text.replace(/^\ufeff/, "");
    problems.add("bad_annotation", path, `The file is longer than ${MAX_SMALL_BYTES} bytes: it is left out`);
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.status >= 500) throw error;
    problems.add("bad_annotation", path, `The file cannot be read: ${messageOf(error)}`);
  }
  return null;
}

/** What `parse` makes of each file's text, in the order of the paths; null where there is no text. */
export async function parseEach<T>(
  input: FormatInput,
  paths: readonly string[],
  problems: Problems,
  parse: (text: string, path: string) => T | null,
): Promise<(T | null)[]> {
  const parsed: (T | null)[] = new Array(paths.length).fill(null);
  for (let from = 0; from < paths.length; from += TURN) {
    await eachAtOnce(paths.slice(from, from + TURN), AT_ONCE, async (path, at) => {
      const text = await readSmall(input, path, problems);
      if (text !== null) parsed[from + at] = parse(text, path);
    });
    await setImmediate();
  }
  return parsed;
}
