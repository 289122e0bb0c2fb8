import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { parseJson } from "./json-file.ts";
import { PageMetadata } from "./page-metadata.ts";

const MAX_METADATA_BYTES = 16 * 2 ** 20;

/**
 * A `page_NNN.meta.json` that a client named.
 * @param path absolute, known to lie inside the roots
 * @throws QuatrainError `invalid_metadata` (400)
 */
export async function readMetadataFile(path: string): Promise<PageMetadata> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile() || facts.size > MAX_METADATA_BYTES)
    throw userError(
      "invalid_metadata",
      400,
      `${JSON.stringify(basename(path))} is no metadata: it is no file, or has more than ${MAX_METADATA_BYTES} bytes`,
      { file: basename(path) },
    );
  return parseJson(PageMetadata, await readFile(path, "utf8"), basename(path));
}
