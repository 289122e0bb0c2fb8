import { basename, join } from "node:path";
import { type ChapterJob, type JobPage, pageKeys } from "../chapter-job.ts";
import { writeClientCopy } from "../files/client-copy.ts";
import type { PageFileDeps } from "./page-files.ts";

/** Where a page's files were put. */
export interface CopiedFiles {
  readonly input: string;
  readonly metadata: string;
  readonly runmeta: string;
  readonly image: string;
}

/**
 * A page's files in the extension's folders: `<folder>/{inputs,pass1/masks,metadata,pass2}`.
 * @throws QuatrainError `path_not_allowed`, `output_not_writable` (400)
 */
export async function layOutPage(
  { store, paths }: Pick<PageFileDeps, "store" | "paths">,
  job: ChapterJob,
  page: JobPage,
  folder: string,
): Promise<CopiedFiles> {
  const keys = pageKeys(job.id, page.pageNum);
  const copy = async (key: string, ...below: string[]): Promise<string> => {
    const target = await paths.locateOutput("output_root", join(folder, ...below));
    return writeClientCopy("output_root", target, basename(key), await store.read(key));
  };
  const files = {
    input: await copy(page.inputKey, "inputs"),
    metadata: await copy(keys.metadata, "metadata"),
    runmeta: await copy(keys.runmetaPass1, "metadata"),
    image: await copy(keys.colorized, "pass2"),
  };
  await copy(keys.mask, "pass1", "masks");
  await copy(keys.runmetaPass2, "pass2");
  return files;
}
