import type { Config } from "../../platform/config/config.ts";
import type { Database } from "../../platform/db/database.ts";
import type { MountedSystem } from "../../platform/http/mounted-system.ts";
import type { JobQueue } from "../../platform/jobs/job-queue.ts";
import type { Closers } from "../../platform/lifecycle/closers.ts";
import type { Clock, Ids, Log } from "../../platform/ports.ts";
import type { FileStore } from "../../platform/storage/file-store.ts";
import type { Metrics } from "../../platform/telemetry/metrics.ts";
import type { Inference } from "./actions/infer-roi.ts";
import { reconcileDatasets } from "./actions/reconcile-datasets.ts";
import { sweepMemories } from "./actions/sweep-memories.ts";
import { openDrawingThread } from "./drawing/drawing-thread.ts";
import { DriftMetrics } from "./drift/drift-metrics.ts";
import { ScoreRecorder } from "./drift/score-recorder.ts";
import type { InspectionEngine } from "./engine/port.ts";
import { presentInspectionError } from "./errors.ts";
import { deliverMessageJob } from "./jobs/deliver-message.ts";
import { fitJob } from "./jobs/fit.ts";
import { keepRetention } from "./jobs/keep-retention.ts";
import { MemoryCache } from "./memory-cache.ts";
import type { PictureCodec } from "./picture-codec.ts";
import { QualityCheck } from "./quality/quality-check.ts";
import type { Roi } from "./roi.ts";
import { auditRoutes } from "./routes/audit.ts";
import { bundleRoutes } from "./routes/bundles.ts";
import { calibrateRoutes } from "./routes/calibrate.ts";
import { datasetRoutes } from "./routes/datasets.ts";
import { driftRoutes } from "./routes/drift.ts";
import { fitRoutes } from "./routes/fit.ts";
import { inferRoutes } from "./routes/infer.ts";
import { inferBatchRoutes } from "./routes/infer-batch.ts";
import { qualityRoutes } from "./routes/quality.ts";
import { reportRoutes } from "./routes/reports.ts";
import { statusRoutes } from "./routes/status.ts";
import { versionRoutes } from "./routes/versions.ts";
import { webhookRoutes } from "./routes/webhook.ts";
import { AuditLog } from "./store/audit-log.ts";
import { CalibrationReader } from "./store/calibration-reader.ts";
import { CalibrationWriter } from "./store/calibration-writer.ts";
import { DeliveryStore } from "./store/delivery-store.ts";
import { FitLeases } from "./store/fit-leases.ts";
import { QualityStore } from "./store/quality-store.ts";
import { InspectionReader } from "./store/reader.ts";
import { ScoreStore } from "./store/score-store.ts";
import type { InspectionTables } from "./store/tables.ts";
import { VersionWriter } from "./store/version-writer.ts";
import { InspectionWriter } from "./store/writer.ts";
import { StoredNames } from "./stored-names.ts";

export { inspectionMigrations } from "./store/migrations/index.ts";

export interface InspectionParts {
  readonly database: Database;
  readonly files: FileStore;
  readonly jobs: JobQueue;
  readonly engine: InspectionEngine;
  readonly pictures: PictureCodec;
  readonly settings: Config["inspection"];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  readonly metrics: Metrics;
  /** Ends what was opened, in the reverse order. */
  readonly closers: Closers;
  /** No other process uses the same database: what a dead one left half-done can be cleared at once. */
  readonly alone: boolean;
  /** This process does what is done in the background. */
  readonly isWorker: boolean;
}

const HEADERS = {
  allowed: ["Content-Type", "X-Request-Id", "X-Recipe-Id", "X-API-Key", "Authorization"],
  exposed: ["X-Request-Id"],
};

/** Inspection, ready to be mounted: its job is defined and its datasets agree with their folders. */
export async function openInspection(parts: InspectionParts): Promise<MountedSystem> {
  const database = parts.database.as<InspectionTables>();
  const reader = new InspectionReader(database);
  const qualities = new QualityStore(database);
  const deliveries = new DeliveryStore(database);
  const scores = new ScoreStore(database);
  const recorder = new ScoreRecorder(scores, parts.log);
  parts.closers.add("scores", () => recorder.flush());
  const calibrationReader = new CalibrationReader(database);
  const drifts = { reader, calibrationReader, scores, recorder };
  const driftMetrics = new DriftMetrics({ ...drifts, clock: parts.clock }, parts.metrics);
  parts.metrics.gauge("quatrain_inspection_webhook_waiting", "Messages that wait for the webhook", () =>
    deliveries.countWaiting(),
  );
  const deps = {
    ...parts,
    writer: new InspectionWriter(database),
    versions: new VersionWriter(database),
    calibrations: new CalibrationWriter(database),
    ...drifts,
    noteScore: (roi: Roi, { model, score }: Inference) => {
      recorder.record({ roi, modelId: model.id, score, createdAt: parts.clock.now() });
      driftMetrics.saw(roi);
    },
    audit: new AuditLog(database),
    leases: new FitLeases(database),
    memories: new MemoryCache(parts.files, parts.engine, parts.settings.cachedMemories),
    names: new StoredNames(parts.clock),
    startedAt: parts.clock.now(),
    drawer: openDrawingThread(),
    deliveries,
    webhook: parts.settings.webhook,
    sent: parts.metrics.counter(
      "quatrain_inspection_webhook_attempts_total",
      "Attempts to tell the webhook of an ng picture, by outcome",
      ["outcome"],
    ),
    qualities,
    quality: new QualityCheck(qualities),
    decisions: parts.metrics.counter(
      "quatrain_inspection_decisions_total",
      "Pictures inspected by /infer, by decision",
      ["decision"],
    ),
  };
  parts.closers.add("drawing", () => deps.drawer.close());
  parts.jobs.define(fitJob(deps));
  parts.jobs.define(deliverMessageJob(deps));
  if (parts.alone) await deps.leases.releaseCalls();
  await reconcileDatasets(deps);
  if (parts.alone) await sweepMemories(deps);
  if (parts.isWorker) parts.closers.add("inspection's retention", keepRetention(deps));
  return {
    name: "inspection",
    routes: [
      ...statusRoutes(deps),
      ...fitRoutes(deps),
      ...inferRoutes(deps),
      ...inferBatchRoutes(deps),
      ...calibrateRoutes(deps),
      ...reportRoutes(deps),
      ...versionRoutes(deps),
      ...bundleRoutes(deps),
      ...auditRoutes(deps),
      ...qualityRoutes(deps),
      ...webhookRoutes(deps),
      ...driftRoutes(deps),
      ...datasetRoutes(deps),
    ],
    notFoundPrefixes: [],
    presentError: presentInspectionError,
    corsOrigins: parts.settings.corsOrigins,
    corsHeaders: HEADERS,
    takesSharedKey: true,
    ready: async () => ({ ready: true }),
  };
}
