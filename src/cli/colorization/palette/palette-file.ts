import { readFile } from "node:fs/promises";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import { requireFile } from "../../picture-files.ts";

/**
 * The characters of a palette that was exported, of a chapter or a series.
 * @throws QuatrainError `no_such_file` or `no_palette` (400)
 */
export async function readPaletteFile(path: string): Promise<readonly unknown[]> {
  await requireFile(path);
  const text = await readFile(path, "utf8");
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw userError("no_palette", 400, `${path} is no JSON file: ${messageOf(error)}`);
  }
  const characters = (content as { characters?: unknown } | null)?.characters;
  if (Array.isArray(characters)) return characters;
  throw userError(
    "no_palette",
    400,
    `${path} has no list of characters: \`colorize palette export\` writes such a file`,
  );
}
