import { type ChapterJob, type JobPage, jobFolder, pageKeys } from "../chapter-job.ts";
import { BatchSummaryEntry } from "../files/batch-summary.ts";
import { writeClientCopy } from "../files/client-copy.ts";
import { formatJsonList, parseJson } from "../files/json-file.ts";
import { PhaseCStructure } from "../files/phase-c.ts";
import type { PageFileDeps } from "./page-files.ts";

/** Writes `batch_summary.json` beside the coloured pages. Source: spec/colorization.md section 3. */
export async function writeSummary(
  deps: PageFileDeps,
  job: ChapterJob,
  pages: readonly JobPage[],
): Promise<void> {
  if (job.kind === "pass1") return;
  const entries = await Promise.all(pages.map((page) => entryOf(deps, job, page)));
  const bytes = Buffer.from(formatJsonList(BatchSummaryEntry, entries));
  await deps.store.put(`${jobFolder(job.id)}/pass2/batch_summary.json`, bytes);
  if (job.order.pass2Output === null) return;
  const folder = await deps.paths.locateOutput("pass2_output", job.order.pass2Output);
  await writeClientCopy("pass2_output", folder, "batch_summary.json", bytes);
}

async function entryOf({ store, pathPrefix }: PageFileDeps, job: ChapterJob, page: JobPage) {
  const keys = pageKeys(job.id, page.pageNum);
  const path = (key: string) => pathPrefix + key;
  const structure = page.pass2Done
    ? parseJson(PhaseCStructure, (await store.read(keys.structure)).toString("utf8"), keys.structure)
    : null;
  return {
    page_num: page.pageNum,
    input_page: path(page.inputKey),
    pass1_mode: page.facts.pass1Mode ?? null,
    pass1_fallback_reason: page.facts.pass1FallbackReason ?? null,
    pass1_meta: page.pass1Done ? path(keys.metadata) : null,
    pass1_runmeta: page.pass1Done ? path(keys.runmetaPass1) : null,
    pass2_image: page.pass2Done ? path(keys.colorized) : null,
    pass2_strength: job.order.strength,
    pass2_seed_override: job.order.seed,
    pass2_options: job.order.options as Record<string, never>,
    phase_c_structure: structure,
    phase_c_artifacts: page.pass2Done
      ? { structure: path(keys.structure), inpaint_mask: path(keys.inpaintMask), overlay: path(keys.overlay) }
      : null,
    ...(page.error === null ? {} : { error: page.error }),
  };
}
