import type { Config } from "../../platform/config/config.ts";
import type { Database } from "../../platform/db/database.ts";
import type { MountedSystem } from "../../platform/http/mounted-system.ts";
import type { JobQueue } from "../../platform/jobs/job-queue.ts";
import type { Closers } from "../../platform/lifecycle/closers.ts";
import type { Clock, Ids, Log } from "../../platform/ports.ts";
import type { FileStore } from "../../platform/storage/file-store.ts";
import { keepSwept } from "./actions/sweep-left.ts";
import { ClientPaths } from "./client-paths.ts";
import { ClientStages } from "./client-stages.ts";
import { openComfyui } from "./engine/comfyui/open-comfyui.ts";
import { readWorkflow } from "./engine/comfyui/workflow.ts";
import { openBfl } from "./engine/hosted/bfl.ts";
import type { OutsideEngine } from "./engine/outside-engine.ts";
import type { PageEngine } from "./engine/port.ts";
import { presentColorizationError, statusOfColorizationError } from "./errors.ts";
import { openFetcher, type PictureFetcher } from "./fetching/open-fetcher.ts";
import { colourChapterJob } from "./jobs/colour-chapter.ts";
import { PageColourer } from "./page-colourer.ts";
import { chapterRoutes } from "./routes/chapters.ts";
import { extensionRoutes } from "./routes/extension.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { paletteRoutes } from "./routes/palettes.ts";
import { statusRoutes } from "./routes/status.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { JobStore } from "./store/job-store.ts";
import { PaletteStore } from "./store/palette-store.ts";
import { PartStore } from "./store/part-store.ts";
import type { ColorizationTables } from "./store/tables.ts";
import { UploadStore } from "./store/upload-store.ts";

export { PageThreads } from "./engine/page-threads.ts";
export { colorizationMigrations } from "./store/migrations/index.ts";

export interface ColorizationParts {
  readonly database: Database;
  readonly files: FileStore;
  /** How the store is called towards clients, ending in a slash. */
  readonly pathPrefix: string;
  /** Folders that clients may name paths in; its own first. */
  readonly roots: readonly string[];
  readonly queue: JobQueue;
  readonly engine: PageEngine;
  readonly settings: Config["colorization"];
  readonly limits: { readonly maxFileBytes: number; readonly maxPixels: number };
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  readonly closers: Closers;
  readonly isWorker: boolean;
}

const RETRIES = 2;
const BFL_MODEL = "flux-2-pro";
const BFL_TIMEOUT_MS = 10 * 60_000;
/** For one picture, redirects included. */
const FETCH_MS = 60_000;

const HEADERS = {
  allowed: ["Content-Type", "X-API-Token", "Authorization", "Idempotency-Key", "Range", "Accept"],
  exposed: ["X-Request-Id", "ETag", "Content-Range", "Content-Disposition"],
};

/** Colorization, ready to be mounted, with its jobs defined. */
export async function openColorization(parts: ColorizationParts): Promise<MountedSystem> {
  const { settings, queue, engine, limits, clock } = parts;
  const database = parts.database.as<ColorizationTables>();
  const fetcher = openFetcher({ maxBytes: limits.maxFileBytes, timeoutMs: FETCH_MS });
  const pictureLimits = { maxBytes: limits.maxFileBytes, maxPixels: limits.maxPixels };
  const outside = await openOutsideEngine(settings, fetcher, parts.log);
  const deps = {
    ...parts,
    store: parts.files,
    jobs: new JobStore(database, clock),
    uploads: new UploadStore(database),
    palettes: new PaletteStore(database),
    parts: new PartStore(database, clock),
    paths: new ClientPaths(parts.roots),
    colourer: new PageColourer({ engine, outside, pictureLimits }),
    pictureLimits,
    fetcher,
    stages: new ClientStages(),
    tokenRequired: settings.token !== null,
  };
  queue.define(colourChapterJob(deps));
  if (parts.isWorker) parts.closers.add("colorization's left pages", keepSwept(deps));
  return {
    name: "colorization",
    routes: [
      ...statusRoutes(deps),
      ...jobRoutes(deps),
      ...chapterRoutes(deps),
      ...paletteRoutes(deps),
      ...uploadRoutes(deps),
      ...extensionRoutes(deps),
    ],
    notFoundPrefixes: ["/v1/"],
    presentError: presentColorizationError,
    statusOf: statusOfColorizationError,
    corsOrigins: settings.corsOrigins,
    corsHeaders: HEADERS,
    takesSharedKey: false,
    openReads: !settings.protectReads,
    ready: async () => ({ ready: true }),
  };
}

/** ComfyUI where it is configured, else the hosted API where its key is; null: `flux` is done by the embedded engine. */
async function openOutsideEngine(
  { comfyui, bfl }: Config["colorization"],
  fetcher: PictureFetcher,
  log: Log,
): Promise<OutsideEngine | null> {
  if (comfyui !== null) {
    const workflow = await readWorkflow(comfyui.workflowPath);
    return openComfyui({ url: comfyui.url, workflow, timeoutMs: comfyui.timeoutMs, retries: RETRIES, log });
  }
  if (bfl === null) return null;
  return openBfl({
    key: bfl.key.reveal(),
    url: bfl.url,
    model: BFL_MODEL,
    timeoutMs: BFL_TIMEOUT_MS,
    retries: RETRIES,
    fetcher,
    log,
  });
}
