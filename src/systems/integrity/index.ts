import type { Config } from "../../platform/config/config.ts";
import type { Database } from "../../platform/db/database.ts";
import type { MountedSystem } from "../../platform/http/mounted-system.ts";
import type { JobQueue } from "../../platform/jobs/job-queue.ts";
import type { Closers } from "../../platform/lifecycle/closers.ts";
import type { Clock, Ids, Log } from "../../platform/ports.ts";
import type { FileStore } from "../../platform/storage/file-store.ts";
import { type LookUp, LookUps } from "./actions/look-ups.ts";
import { CaseClock } from "./case-clock.ts";
import type { DocumentReader as FileReader } from "./documents/port.ts";
import { openCrossref } from "./engine/crossref/open-crossref.ts";
import { openOpinionSource } from "./engine/opinion.ts";
import type { TextEngine } from "./engine/port.ts";
import { presentIntegrityError, statusOfIntegrityError } from "./errors.ts";
import { analyseBatchJob } from "./jobs/analyse-batch.ts";
import { askOpinionJob } from "./jobs/ask-opinion.ts";
import { confirmReferencesJob } from "./jobs/confirm-references.ts";
import { evaluateJob } from "./jobs/evaluate.ts";
import { keepRetention, retentionJob } from "./jobs/retention.ts";
import type { ReportRenderer } from "./report/port.ts";
import { analyseRoutes } from "./routes/analyse.ts";
import { batchRoutes } from "./routes/batches.ts";
import { caseRoutes } from "./routes/cases.ts";
import { importRoutes } from "./routes/imports.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { sourceRoutes } from "./routes/sources.ts";
import { statusRoutes } from "./routes/status.ts";
import { AuditReader } from "./store/audit-reader.ts";
import { BatchStore } from "./store/batch-store.ts";
import { CaseReader } from "./store/case-reader.ts";
import { CaseWriter } from "./store/case-writer.ts";
import { DocumentReader } from "./store/document-reader.ts";
import { ImageReader } from "./store/image-store.ts";
import { LookupStore } from "./store/lookup-store.ts";
import { MetricsReader } from "./store/metrics-reader.ts";
import { PairReader } from "./store/pair-reader.ts";
import { ReviewStore } from "./store/review-store.ts";
import { SourceStore } from "./store/source-store.ts";
import type { IntegrityTables } from "./store/tables.ts";

export { integrityMigrations } from "./store/migrations/index.ts";

export interface IntegrityParts {
  readonly database: Database;
  readonly files: FileStore;
  readonly jobs: JobQueue;
  /** Analyses texts and draws reports. */
  readonly engine: TextEngine & ReportRenderer;
  readonly fileReader: FileReader;
  readonly settings: Config["integrity"];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  readonly closers: Closers;
  /** This process runs jobs. */
  readonly isWorker: boolean;
}

const HEADERS = {
  allowed: [
    "Content-Type",
    "X-Request-Id",
    "X-API-Key",
    "Authorization",
    "Accept-Language",
    "Idempotency-Key",
  ],
  exposed: ["X-Request-Id"],
};

/** Integrity, ready to be mounted, with its jobs defined. */
export function openIntegrity(parts: IntegrityParts): MountedSystem {
  const { settings, jobs, closers } = parts;
  const database = parts.database.as<IntegrityTables>();
  const opinion =
    settings.opinion === null
      ? null
      : openOpinionSource({ ...settings.opinion, key: settings.opinion.key?.reveal() ?? null });
  const register = settings.crossref === null ? null : openCrossref(settings.crossref);
  const deps = {
    ...parts,
    database,
    renderer: parts.engine,
    opinion,
    register,
    cases: new CaseReader(database),
    writer: new CaseWriter(database, settings.timeZone),
    documents: new DocumentReader(database),
    images: new ImageReader(database),
    sources: new SourceStore(database),
    batches: new BatchStore(database),
    reviews: new ReviewStore(database),
    metrics: new MetricsReader(database),
    pairs: new PairReader(database),
    audit: new AuditReader(database),
    lookupStore: new LookupStore(database),
    caseClock: new CaseClock(parts.clock),
    lookUps: new LookUps(jobs, availableLookUps(settings)),
  };
  jobs.define(analyseBatchJob(deps));
  jobs.define(evaluateJob(deps));
  jobs.define(confirmReferencesJob(deps));
  jobs.define(askOpinionJob(deps));
  jobs.define(retentionJob(deps));
  if (parts.isWorker && settings.retentionDays !== null) {
    const stop = keepRetention(deps, settings.retentionDays);
    closers.add("retention", async () => stop());
  }
  return {
    name: "integrity",
    routes: [
      ...statusRoutes(deps),
      ...analyseRoutes(deps),
      ...batchRoutes(deps),
      ...caseRoutes(deps),
      ...metricsRoutes(deps),
      ...sourceRoutes(deps),
      ...reviewRoutes(deps),
      ...importRoutes(deps),
    ],
    notFoundPrefixes: ["/api/"],
    presentError: presentIntegrityError,
    statusOf: statusOfIntegrityError,
    corsOrigins: settings.corsOrigins,
    corsHeaders: HEADERS,
    takesSharedKey: true,
    ready: async () => ({ ready: true }),
  };
}

/** Look-ups need the text again, later: where texts are not kept there are none. */
function availableLookUps({ keepText, crossref, opinion }: Config["integrity"]): LookUp[] {
  if (!keepText) return [];
  return [
    ...(crossref === null ? [] : ["references" as const]),
    ...(opinion === null ? [] : ["opinion" as const]),
  ];
}
