import { join } from "node:path";
import type { NumericRuntime } from "../../ml/runtime/numeric-runtime.ts";
import type { Sessions } from "../../platform/auth/sessions.ts";
import type { Users } from "../../platform/auth/users.ts";
import type { Config } from "../../platform/config/config.ts";
import type { Database } from "../../platform/db/database.ts";
import type { MountedSystem } from "../../platform/http/mounted-system.ts";
import type { JobQueue } from "../../platform/jobs/job-queue.ts";
import type { Closers } from "../../platform/lifecycle/closers.ts";
import type { Clock, Ids, Log } from "../../platform/ports.ts";
import type { FileStore } from "../../platform/storage/file-store.ts";
import { BlobStore } from "./blob-store.ts";
import { openMlflow } from "./engine/mlflow/mlflow.ts";
import { openPredictor } from "./engine/predict.ts";
import type { PythonWorker } from "./engine/python/python-worker.ts";
import { presentTrainingError } from "./errors.ts";
import { keepTickets } from "./jobs/keep-tickets.ts";
import { runTrainingJob } from "./jobs/run-training.ts";
import { keepSwept } from "./jobs/sweep.ts";
import { LivePulse } from "./live-pulse.ts";
import { authRoutes } from "./routes/auth.ts";
import { configRoutes } from "./routes/config.ts";
import { datasetRoutes } from "./routes/datasets.ts";
import { internalRoutes } from "./routes/internal.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { liveRoutes, liveSockets } from "./routes/live.ts";
import { modelRoutes } from "./routes/models.ts";
import { RunningJobs } from "./running-jobs.ts";
import { DatasetReader } from "./store/dataset-reader.ts";
import { DatasetWriter } from "./store/dataset-writer.ts";
import { JobReader } from "./store/job-reader.ts";
import { JobWriter } from "./store/job-writer.ts";
import { ProjectStore } from "./store/project-store.ts";
import { RunReader } from "./store/run-reader.ts";
import { RunWriter } from "./store/run-writer.ts";
import type { TrainingTables } from "./store/tables.ts";

export { openPythonWorker } from "./engine/python/open-python-worker.ts";
export { trainingMigrations } from "./store/migrations/index.ts";

export interface TrainingParts {
  readonly database: Database;
  readonly files: FileStore;
  /** How the store is called towards clients, ending in a slash. */
  readonly pathPrefix: string;
  readonly queue: JobQueue;
  readonly runtime: NumericRuntime;
  readonly users: Users;
  readonly sessions: Sessions;
  /** Null where none is attached. */
  readonly worker: PythonWorker | null;
  /** Address at which a worker reaches this server; null until it listens. */
  readonly selfUrl: () => string | null;
  readonly settings: Config["training"];
  readonly limits: { readonly maxFileBytes: number; readonly maxPixels: number };
  /** Whether anybody may make an account. */
  readonly registration: boolean;
  /** For work under way. */
  readonly scratchDir: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly closers: Closers;
  /** This process runs jobs. */
  readonly isWorker: boolean;
  /** No other process uses the store. */
  readonly alone: boolean;
}

/** Of one archive, unpacked. */
const MAX_UNPACKED_BYTES = 100 * 2 ** 30;

const HEADERS = {
  allowed: ["Content-Type", "Authorization", "X-API-Key", "X-Request-Id", "X-Internal-Auth"],
  exposed: ["X-Request-Id", "Content-Disposition"],
};

/** Training, ready to be mounted, with its jobs defined. */
export function openTraining(parts: TrainingParts): MountedSystem {
  const { settings, queue, files: store, clock, ids, closers, limits } = parts;
  const database = parts.database.as<TrainingTables>();
  const datasetWriter = new DatasetWriter(database);
  const deps = {
    ...parts,
    store,
    scratchDir: join(parts.scratchDir, "training"),
    limits: { maxBytes: limits.maxFileBytes, maxPixels: limits.maxPixels },
    maxUnpackedBytes: MAX_UNPACKED_BYTES,
    jobs: new JobReader(database),
    jobWriter: new JobWriter(database, clock, ids),
    runs: new RunReader(database),
    runWriter: new RunWriter(database, clock),
    datasets: new DatasetReader(database),
    datasetWriter,
    projects: new ProjectStore(database),
    blobs: new BlobStore({ files: store, holders: datasetWriter, clock, alone: parts.alone }),
    pulse: new LivePulse(),
    running: new RunningJobs(),
    predictor: openPredictor(parts.runtime),
    mlflow: mlflowOf(settings.mlflow, clock),
  };
  queue.define(runTrainingJob(deps));
  closers.add("MLflow", () => deps.mlflow?.close());
  if (parts.isWorker) {
    const stops = [keepSwept(deps), keepTickets({ ...deps, database: parts.database })];
    closers.add("training's upkeep", async () => {
      for (const stop of stops) stop();
    });
  }
  return {
    name: "training",
    routes: [
      ...authRoutes(deps),
      ...jobRoutes(deps),
      ...liveRoutes(deps),
      ...configRoutes(deps),
      ...datasetRoutes(deps),
      ...modelRoutes(deps),
      ...internalRoutes(deps),
    ],
    sockets: liveSockets(deps),
    notFoundPrefixes: ["/api/v1/", "/ws/"],
    presentError: presentTrainingError,
    corsOrigins: settings.corsOrigins,
    corsHeaders: HEADERS,
    takesSharedKey: false,
    needsCredential: true,
    hidesJobs: true,
    ready: async () => ({ ready: true }),
  };
}

function mlflowOf(settings: Config["training"]["mlflow"], clock: Clock) {
  if (settings === null) return null;
  const { username, password, token } = settings;
  return openMlflow({
    uri: settings.uri,
    experimentName: settings.experiment,
    credentials: {
      username,
      password: password?.reveal() ?? null,
      token: token?.reveal() ?? null,
    },
    clock,
  });
}
