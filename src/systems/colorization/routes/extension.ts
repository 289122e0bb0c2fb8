import * as contract from "../../../contracts/colorization/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { colourFolder, colourOne, type FromMetadataDeps } from "../actions/colour-from-metadata.ts";
import { type RunChapterDeps, runChapter } from "../actions/run-chapter.ts";
import type { ChapterJob } from "../chapter-job.ts";
import { presentFailed } from "../present.ts";

export interface ExtensionRouteDeps extends RunChapterDeps, FromMetadataDeps {}

/** The browser extension's dialect: spec/colorization.md section 2. */
export function extensionRoutes(deps: ExtensionRouteDeps): BoundRoute[] {
  const now = () => new Date(deps.clock.now()).toISOString();

  return [
    route(contract.pipelineStatus, async ({ input }) => {
      const stage = deps.stages.of(input.client_id);
      const job = stage === null ? await deps.jobs.findByClient(input.client_id) : null;
      return { status: "ok" as const, message: stage ?? messageOf(job) };
    }),

    route(contract.pass2Run, async ({ input, signal }) => {
      const { imagePath, runmetaPath, engine } = await colourOne(deps, input, signal);
      return { status: "ok", image_path: imagePath, runmeta_path: runmetaPath, engine, timestamp_utc: now() };
    }),

    route(contract.pass2Batch, async ({ input, signal }) => {
      const done = await colourFolder(deps, input, signal);
      return {
        status: "ok",
        count: done.length,
        engine: done[0]?.engine ?? "",
        results: done.map(({ metaPath, imagePath, runmetaPath }) => ({
          meta_path: metaPath,
          image_path: imagePath,
          runmeta_path: runmetaPath,
        })),
        timestamp_utc: now(),
      };
    }),

    route(contract.runChapter, async ({ input, signal }) => {
      const { mangaId, chapterId, outputRoot, styleSource, pages, failed } = await runChapter(
        deps,
        input,
        signal,
      );
      return {
        status: "ok",
        manga_id: mangaId,
        chapter_id: chapterId,
        output_root: outputRoot,
        count: pages.length,
        engine: pages[0]?.page.facts.engine ?? "",
        style_reference_source: styleSource,
        results: pages.map(({ page, origin, files }) => ({
          page_num: page.pageNum,
          source: origin.source,
          source_label: origin.label,
          input_path: files.input,
          metadata_path: files.metadata,
          pass1_runmeta: files.runmeta,
          pass2_image: files.image,
        })),
        failed_pages: presentFailed(failed),
        timestamp_utc: now(),
      };
    }),
  ];
}

/** In the extension's own words. */
function messageOf(job: ChapterJob | null): string {
  if (job === null) return "Processando / Aguardando...";
  const { status, totalPages, pass1Done, pass2Done } = job;
  if (status === "queued" || totalPages === 0) return "Inicializando..";
  if (status === "completed") return "Concluído!";
  if (status !== "running") return job.error ?? "Cancelado";
  return pass1Done > pass2Done
    ? `[${pass1Done}/${totalPages}] (Passo 2)`
    : `[${Math.min(pass1Done + 1, totalPages)}/${totalPages}] (Passo 1)`;
}
