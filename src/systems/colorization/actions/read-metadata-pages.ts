import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { readMetadataFile } from "../files/metadata-file.ts";
import { pageOfMetadataName } from "../files/page-names.ts";
import type { FoundPage } from "./plan-job.ts";
import { MAX_PAGES, type ReadInputsDeps, readClientFile } from "./read-inputs.ts";

/**
 * The pages of a folder of `page_NNN.meta.json`, with the masks, seeds and prompts of their first pass.
 * @throws QuatrainError `input_missing` (404), `no_metadata`, `path_not_allowed` (400), `too_many_pages` (413)
 */
export async function readMetadataPages(
  deps: ReadInputsDeps,
  field: string,
  word: string,
): Promise<FoundPage[]> {
  const folder = await deps.paths.locate(field, word);
  const names = await readdir(folder).catch(() => {
    throw userError("input_missing", 404, `${field} is no folder: ${word.slice(0, 300)}`, { field });
  });
  const numbered = names
    .flatMap((name) => {
      const pageNum = pageOfMetadataName(name);
      return pageNum === null ? [] : [{ name, pageNum }];
    })
    .sort((a, b) => a.pageNum - b.pageNum);
  if (numbered.length === 0)
    throw userError("no_metadata", 400, `There is no page_*.meta.json in ${word.slice(0, 300)}: run pass 1`);
  if (numbered.length > MAX_PAGES)
    throw userError("too_many_pages", 413, `There are more than ${MAX_PAGES} pages`);
  return Promise.all(numbered.map(({ name, pageNum }) => foundPage(deps, join(folder, name), pageNum)));
}

async function foundPage(deps: ReadInputsDeps, path: string, pageNum: number): Promise<FoundPage> {
  try {
    const metadata = await readMetadataFile(path);
    if (metadata.page_num !== pageNum)
      throw userError("invalid_metadata", 400, `${basename(path)} says that it is page ${metadata.page_num}`);
    return {
      pageNum,
      source: basename(metadata.page_image),
      read: () => readClientFile(deps, "page_image", metadata.page_image),
      readMask: () => readClientFile(deps, "text_mask", metadata.text_mask),
      facts: { metadataSeed: metadata.page_seed, metadataPrompt: metadata.page_prompt },
    };
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    return { pageNum, source: basename(path), read: () => Promise.reject(error) };
  }
}
