import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type ChapterJob, ENDED, type JobOrder, type JobPage } from "../chapter-job.ts";
import type { ClientStages } from "../client-stages.ts";
import { badRequestB } from "../errors.ts";
import { chapterKey, DEFAULT_MANGA, nameKey } from "../files/chapter-key.ts";
import { slug } from "../files/page-names.ts";
import { type AcceptJobDeps, acceptJob } from "./accept-job.ts";
import { type CopiedFiles, layOutPage } from "./lay-out-page.ts";
import type { PageFileDeps } from "./page-files.ts";
import { type ExtensionOptions, readExtensionOptions, readText } from "./read-extension-request.ts";
import { type Arrivals, type Origin, type ReceiveChapterDeps, receiveChapter } from "./receive-chapter.ts";
import { findSettled } from "./settle-job.ts";

export interface RunChapterDeps extends AcceptJobDeps, PageFileDeps, ReceiveChapterDeps {
  readonly stages: ClientStages;
}

type Fields = Readonly<Record<string, unknown>>;

export interface ChapterOutcome {
  readonly mangaId: string;
  readonly chapterId: string;
  readonly outputRoot: string;
  readonly styleSource: "url" | "base64";
  readonly pages: readonly { readonly page: JobPage; readonly origin: Origin; readonly files: CopiedFiles }[];
  /** Pages that could not be done. */
  readonly failed: readonly JobPage[];
}

const LOOK_EVERY_MS = 500;
const DEFAULT_ROOT = "extension";

/**
 * The extension's main call: fetches the pages, colours them as a job like any other, and lays the files out as its
 * contract says. A page that does not arrive or cannot be done fails alone.
 * Source: spec/colorization.md section 2, "run_chapter".
 * @throws QuatrainError 400 in the dialect's words; what the fetcher throws for the reference
 */
export async function runChapter(
  deps: RunChapterDeps,
  body: Fields,
  signal: AbortSignal,
): Promise<ChapterOutcome> {
  const wish = readExtensionOptions(body);
  const clientId = readText(body, "client_id");
  const mangaName = readText(body, "manga_id") ?? "";
  const chapterName = readText(body, "chapter_id") ?? "";
  const [mangaId, chapterId] = [slug(mangaName, DEFAULT_MANGA), slug(chapterName, "chapter_001")];
  const outputRoot = await deps.paths.locateOutput(
    "output_root",
    readText(body, "output_root") ?? DEFAULT_ROOT,
  );
  const arrivals = await deps.stages.while(clientId, "Baixando..", () => receiveChapter(deps, body, signal));
  const accepted = await acceptJob(deps, {
    order: {
      ...orderOf(chapterId, arrivals, wish),
      chapterKey: chapterKey(mangaName, chapterName),
      series: nameKey(mangaName, DEFAULT_MANGA),
    },
    clientId,
    idempotencyKey: null,
    body: null,
    strict: false,
  });
  const job = await ended(deps, accepted.id, signal);
  if (job.status !== "completed") throw badRequestB(job.error ?? `The chapter was ${job.status}`);
  const folder = join(outputRoot, mangaId, "chapters", chapterId);
  const done = await deps.jobs.listPages(job.id);
  const pages = [];
  for (const [index, page] of done.entries()) {
    const origin = arrivals.pages[index]!;
    if (page.pass2Done) pages.push({ page, origin, files: await layOutPage(deps, job, page, folder) });
  }
  return {
    mangaId,
    chapterId,
    outputRoot,
    styleSource: arrivals.style.source === "url" ? "url" : "base64",
    pages,
    failed: done.filter(({ error }) => error !== null),
  };
}

function orderOf(
  chapterId: string,
  { pagesUpload, styleUpload }: Arrivals,
  { engine, strength, seedOverride, skipColoured, prompt, fallback, options }: ExtensionOptions,
): JobOrder {
  return {
    kind: "two-pass",
    chapterId,
    inputMode: "batch",
    inputDir: pagesUpload,
    styleReferences: [styleUpload],
    engine,
    strength,
    seedMode: seedOverride === null ? "metadata" : "fixed",
    seed: seedOverride,
    skipColoured,
    fallback,
    prompt,
    hints: [],
    metadataOutput: null,
    pass2Output: null,
    masksOutput: null,
    ownUploads: [pagesUpload, styleUpload],
    options,
  };
}

async function ended(deps: RunChapterDeps, id: string, signal: AbortSignal): Promise<ChapterJob> {
  for (;;) {
    const job = await findSettled(deps, id);
    if (job === null) throw badRequestB("The chapter was deleted while it was coloured");
    if (ENDED.includes(job.status)) return job;
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted(); // the job goes on; the client may ask for its pages later
  }
}
