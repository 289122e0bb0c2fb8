import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openThreadRuntime } from "./ml/runtime/thread-runtime.ts";
import { listModels } from "./ml/weights/store/list-models.ts";
import { ApiKeys } from "./platform/auth/api-keys.ts";
import { Authority } from "./platform/auth/authority.ts";
import { ensureFirstAdmin } from "./platform/auth/first-admin.ts";
import { keptSecret } from "./platform/auth/kept-secrets.ts";
import { authMigrations } from "./platform/auth/migrations.ts";
import { Sessions } from "./platform/auth/sessions.ts";
import type { AuthTables } from "./platform/auth/tables.ts";
import { Users } from "./platform/auth/users.ts";
import { type Config, isLoopback } from "./platform/config/config.ts";
import { Secret } from "./platform/config/secret.ts";
import type { Database, EmbeddedDatabase } from "./platform/db/database.ts";
import { openPostgres } from "./platform/db/postgres/open-postgres.ts";
import { migrate } from "./platform/db/schema/migrate.ts";
import { openSqlite } from "./platform/db/sqlite/open-sqlite.ts";
import { userError } from "./platform/errors/quatrain-error.ts";
import { Doors, type Listening } from "./platform/http/doors.ts";
import type { MountedSystem } from "./platform/http/mounted-system.ts";
import { createPlatformSystem } from "./platform/http/platform-system.ts";
import { accountRoutes } from "./platform/http/routes/accounts.ts";
import { jobRoutes } from "./platform/http/routes/jobs.ts";
import { maintenanceRoutes } from "./platform/http/routes/maintenance.ts";
import { modelRoutes } from "./platform/http/routes/models.ts";
import { sessionRoutes } from "./platform/http/routes/session.ts";
import { statusRoutes } from "./platform/http/routes/status.ts";
import { UploadSpool } from "./platform/http/uploads.ts";
import { randomIds, systemClock } from "./platform/ids.ts";
import { jobMigrations, openJobQueue } from "./platform/jobs/index.ts";
import { refuseUnfinishedRestore } from "./platform/lifecycle/backup/restore-backup.ts";
import { writeBackup } from "./platform/lifecycle/backup/write-backup.ts";
import { Closers } from "./platform/lifecycle/closers.ts";
import { type FolderLock, lockDataFolder } from "./platform/lifecycle/folder-lock.ts";
import type { Log } from "./platform/ports.ts";
import type { FileStore } from "./platform/storage/file-store.ts";
import { LocalFileStore } from "./platform/storage/local/local-file-store.ts";
import { S3FileStore } from "./platform/storage/s3/s3-file-store.ts";
import { ScopedFileStore } from "./platform/storage/scoped-file-store.ts";
import { createLog } from "./platform/telemetry/log.ts";
import { Metrics } from "./platform/telemetry/metrics.ts";
import { VERSION } from "./platform/version.ts";
import { colorizationMigrations, openColorization, PageThreads } from "./systems/colorization/index.ts";
import { openEngines } from "./systems/inspection/engine/engines.ts";
import { inspectionMigrations, openInspection } from "./systems/inspection/index.ts";
import { sharpPictureCodec } from "./systems/inspection/sharp-picture-codec.ts";
import { ChildDocumentReader } from "./systems/integrity/documents/child-document-reader.ts";
import { AnalysisPool } from "./systems/integrity/engine/analysis-pool.ts";
import { readPhraseFile } from "./systems/integrity/engine/phrase-file.ts";
import { integrityMigrations, openIntegrity } from "./systems/integrity/index.ts";
import type { PythonWorker } from "./systems/training/engine/python/python-worker.ts";
import { openPythonWorker, openTraining, trainingMigrations } from "./systems/training/index.ts";

/** The whole server, opened. */
export interface App {
  /** Opens every door to the command line on this machine. */
  readonly localToken: Secret;
  /** Set at the very first start without a configured password. */
  readonly firstAdminPassword: string | null;
  /** The shared listener first. @throws QuatrainError `no_credential` (409) beyond loopback without one */
  listen(): Promise<readonly Listening[]>;
  /** Answers what is under way, lets jobs stop, closes everything. Within 10 s. */
  close(): Promise<void>;
}

/** Together with the grace of the listeners it stays within the 10 s that `close` promises. */
const DRAIN_JOBS_MS = 3_000;
/** What `scripts/build-console.ts` writes. */
const CONSOLE = fileURLToPath(new URL("../console/dist/", import.meta.url));
const SQLITE_READERS = 2;
const POSTGRES_POOL = 10;

/**
 * Opens everything that a configuration names and puts it together. Nothing listens yet.
 * @throws QuatrainError with what to do, after closing what was already open
 */
export async function openApp(config: Config): Promise<App> {
  const log = createLog(config.logLevel);
  const closers = new Closers();
  try {
    return await compose(config, log, closers);
  } catch (error) {
    await closers.closeAll(log);
    throw error;
  }
}

async function compose(config: Config, log: Log, closers: Closers): Promise<App> {
  if (config.unknownSettings.length > 0) {
    log.warn(
      { settings: config.unknownSettings },
      "these settings mean nothing to this version: typing mistakes?",
    );
  }
  const lock = await openDataFolder(config, closers);
  const { database, embedded } = await openDatabase(config, log, closers);
  const stores = await openStores(config);
  const metrics = new Metrics();
  const runtime = openThreadRuntime({
    workers: config.numeric.workers,
    intraOpThreads: config.numeric.threads,
    maxModelBytes: config.numeric.sessionBytes,
  });
  closers.add("numeric runtime", () => runtime.close());
  metrics.gauge("quatrain_numeric_runs_busy", "Numeric workers at work", () => runtime.status().busy);
  metrics.gauge("quatrain_numeric_runs_queued", "Numeric runs that wait", () => runtime.status().queued);
  const pythonWorker = openWorker(config, log, closers);
  const pageThreads = config.systems.includes("colorization") ? openPageThreads(config, closers) : null;
  const textEngines = config.systems.includes("integrity") ? await openTextEngines(config, closers) : null;
  const jobs = await openJobQueue({
    database,
    databaseUrl: config.databaseUrl,
    clock: systemClock,
    ids: randomIds,
    log,
  });
  closers.add("jobs", () => jobs.drain(DRAIN_JOBS_MS));

  const localToken = new Secret(randomIds.hex(32));
  const accounts = await openAccounts(config, database.as<AuthTables>(), localToken);
  const systems: MountedSystem[] = [];
  if (config.systems.includes("inspection")) {
    systems.push(
      await openInspection({
        database,
        files: stores.inspection,
        jobs,
        engine: await openEngines(runtime, config.weights.dir),
        pictures: sharpPictureCodec({ maxBytes: config.listen.maxFileBytes, maxPixels: config.maxPixels }),
        settings: config.inspection,
        clock: systemClock,
        ids: randomIds,
        log: log.child({ system: "inspection" }),
        version: VERSION,
        metrics,
        closers,
        alone: lock !== null,
        isWorker: config.roles.includes("worker"),
      }),
    );
  }
  if (pageThreads !== null) {
    systems.push(
      await openColorization({
        database,
        files: stores.colorization,
        pathPrefix: stores.colorizationPrefix,
        roots: [stores.colorizationRoot, ...config.colorization.roots],
        queue: jobs,
        engine: pageThreads,
        settings: config.colorization,
        limits: { maxFileBytes: config.listen.maxFileBytes, maxPixels: config.maxPixels },
        clock: systemClock,
        ids: randomIds,
        log: log.child({ system: "colorization" }),
        version: VERSION,
        closers,
        isWorker: config.roles.includes("worker"),
      }),
    );
  }
  let selfUrl: string | null = null;
  if (config.systems.includes("training")) {
    systems.push(
      openTraining({
        database,
        files: stores.training,
        pathPrefix: stores.trainingPrefix,
        queue: jobs,
        runtime,
        users: accounts.users,
        sessions: accounts.sessions,
        worker: pythonWorker,
        selfUrl: () => config.training.selfUrl ?? selfUrl,
        settings: config.training,
        limits: { maxFileBytes: config.listen.maxFileBytes, maxPixels: config.maxPixels },
        registration: config.training.registration ?? openHost(config.listen, "training") === null,
        scratchDir: join(config.dataDir, "tmp"),
        clock: systemClock,
        ids: randomIds,
        log: log.child({ system: "training" }),
        closers,
        isWorker: config.roles.includes("worker"),
        alone: lock !== null,
      }),
    );
  }
  if (textEngines !== null) {
    systems.push(
      openIntegrity({
        database,
        files: stores.integrity,
        jobs,
        ...textEngines,
        settings: config.integrity,
        clock: systemClock,
        ids: randomIds,
        log: log.child({ system: "integrity" }),
        version: VERSION,
        closers,
        isWorker: config.roles.includes("worker"),
      }),
    );
  }
  if (config.roles.includes("worker")) await jobs.start();

  const spool = new UploadSpool(join(config.dataDir, "tmp", `uploads-${randomIds.hex(8)}`));
  await spool.open();
  closers.add("uploads", () => spool.close());
  const { authority } = accounts;
  const platform = createPlatformSystem([
    ...statusRoutes({ version: VERSION, systems, metrics, authority }),
    ...accountRoutes({ ...accounts, systemNames: config.systems }),
    ...sessionRoutes({ ...accounts, systems, ids: randomIds, version: VERSION }),
    ...jobRoutes({ jobs, authority, systems }),
    ...modelRoutes(() => listModels(config.weights.dir)),
    ...maintenanceRoutes((path) => backUp(path, config, embedded, stores.local)),
  ]);
  const doors = new Doors({
    platform,
    authority,
    spool,
    metrics,
    log,
    version: VERSION,
    settings: config.listen,
    consoleFolder: CONSOLE,
  });
  closers.add("listeners", () => doors.close());
  return {
    localToken,
    firstAdminPassword: accounts.firstAdminPassword,
    async listen() {
      // a worker's listener is there for its health and figures only
      const served = config.roles.includes("api") ? systems : [];
      await refuseOpenDoors(config, served, authority);
      const listening = await doors.open(served, config.onlyOne);
      selfUrl = listening[0]!.address;
      await lock?.announce({ address: listening[0]!.address, token: localToken.reveal() });
      log.info({ listening, dataDir: config.dataDir, systems: config.systems, roles: config.roles }, "ready");
      return listening;
    },
    close: () => closers.closeAll(log),
  };
}

/** Makes the folder ours alone, unless other processes are meant to share it. */
async function openDataFolder(config: Config, closers: Closers): Promise<FolderLock | null> {
  await mkdir(config.dataDir, { recursive: true });
  refuseUnfinishedRestore(config.dataDir);
  if (config.databaseUrl !== null && (config.sharedData || config.s3 !== null)) return null;
  const lock = await lockDataFolder(config.dataDir);
  closers.add("data folder", () => lock.release());
  await rm(join(config.dataDir, "tmp"), { recursive: true, force: true });
  return lock;
}

async function openDatabase(config: Config, log: Log, closers: Closers) {
  const embedded =
    config.databaseUrl === null
      ? await openSqlite({ path: join(config.dataDir, "quatrain.db"), readers: SQLITE_READERS })
      : null;
  const database: Database =
    embedded ?? (await openPostgres({ url: config.databaseUrl!.reveal(), poolSize: POSTGRES_POOL, log }));
  closers.add("database", () => database.close());
  await migrate(database, [
    ...authMigrations,
    ...jobMigrations,
    ...inspectionMigrations,
    ...integrityMigrations,
    ...trainingMigrations,
    ...colorizationMigrations,
  ]);
  return { database, embedded };
}

interface Stores {
  readonly inspection: FileStore;
  readonly integrity: FileStore;
  readonly colorization: FileStore;
  /** How colorization's files are called towards its clients. */
  readonly colorizationPrefix: string;
  /** Where relative paths of its clients are looked for first. */
  readonly colorizationRoot: string;
  readonly training: FileStore;
  /** How training's files are called towards its clients. */
  readonly trainingPrefix: string;
  /** The same stores as folders, by name, where they are folders. */
  readonly local: Readonly<Record<string, LocalFileStore>>;
}

async function openStores(config: Config): Promise<Stores> {
  if (config.s3 !== null) {
    const bucket = await S3FileStore.open({
      ...config.s3,
      endpoint: config.s3.endpoint ?? undefined,
      accessKey: config.s3.accessKey.reveal(),
      secretKey: config.s3.secretKey.reveal(),
    });
    return {
      inspection: new ScopedFileStore(bucket, "inspection"),
      integrity: new ScopedFileStore(bucket, "integrity"),
      colorization: new ScopedFileStore(bucket, "colorization"),
      colorizationPrefix: `s3://${config.s3.bucket}/colorization/`,
      colorizationRoot: config.colorization.dir ?? join(config.dataDir, "colorization"),
      training: new ScopedFileStore(bucket, "training"),
      trainingPrefix: `s3://${config.s3.bucket}/training/`,
      local: {},
    };
  }
  const openFolder = (root: string) =>
    LocalFileStore.open({
      root,
      shared: config.sharedData,
      limits: { maxBytes: config.disk.quotaBytes ?? undefined, minFreeBytes: config.disk.minFreeBytes },
    });
  const inspection = await openFolder(config.inspection.dir ?? join(config.dataDir, "inspection"));
  const integrity = await openFolder(config.integrity.dir ?? join(config.dataDir, "integrity"));
  const colorizationRoot = config.colorization.dir ?? join(config.dataDir, "colorization");
  const colorization = await openFolder(colorizationRoot);
  const trainingDir = config.training.dir ?? join(config.dataDir, "training");
  const training = await openFolder(trainingDir);
  return {
    inspection,
    integrity,
    colorization,
    colorizationPrefix: `${colorizationRoot}/`,
    colorizationRoot,
    training,
    trainingPrefix: `${trainingDir}/`,
    local: { inspection, integrity, training, colorization },
  };
}

/** Before the jobs, which use them while they are drained. */
function openPageThreads({ colorization }: Config, closers: Closers): PageThreads {
  const threads = new PageThreads(colorization.threads);
  closers.add("pages", () => threads.close());
  return threads;
}

/** Before the jobs, which use it while they are drained. */
function openWorker({ training, systems, dataDir }: Config, log: Log, closers: Closers): PythonWorker | null {
  const { python } = training;
  if (python === null || !systems.includes("training")) return null;
  const where =
    python.kind === "interpreter"
      ? { python: python.path, folder: join(dataDir, "tmp", "training-worker") }
      : { url: python.url, token: python.token?.reveal() };
  const worker = openPythonWorker({ ...where, log: log.child({ system: "training" }) });
  closers.add("Python worker", () => worker.close());
  return worker;
}

/** Before the jobs, so that they are drained before it: threads that analyse texts, and processes that read files. */
async function openTextEngines({ integrity }: Config, closers: Closers) {
  const phraseList = await readPhraseFile(integrity.phrasesPath);
  const engine = new AnalysisPool({ threads: integrity.workers, phraseList });
  closers.add("analyses", () => engine.close());
  const fileReader = new ChildDocumentReader();
  closers.add("document readers", () => fileReader.close());
  return { engine, fileReader };
}

async function openAccounts(config: Config, database: Database<AuthTables>, localToken: Secret) {
  const users = new Users(database, systemClock);
  const keys = new ApiKeys(database, systemClock);
  const sessions = new Sessions(await keptSecret(database, "session-signing"), systemClock);
  const firstAdminPassword = await ensureFirstAdmin(users, config.admin);
  const authority = new Authority({
    users,
    keys,
    sessions,
    sharedKey: config.apiKey,
    localToken,
    ownKeys: config.colorization.token === null ? {} : { colorization: config.colorization.token },
    asksAlways: (system) => !config.listen.insecure && openHost(config.listen, system) !== null,
  });
  return { users, keys, sessions, firstAdminPassword, authority };
}

/** Anybody who reaches the machine could train and delete: beyond loopback that takes a credential, or an explicit word. */
async function refuseOpenDoors(
  config: Config,
  systems: readonly MountedSystem[],
  authority: Authority,
): Promise<void> {
  if (config.listen.insecure) return;
  for (const { name, takesSharedKey, needsCredential } of systems) {
    const host = openHost(config.listen, name);
    const demand = { system: name, takesSharedKey, needsCredential };
    if (host === null || (await authority.requiresCredential(demand))) continue;
    throw userError(
      "no_credential",
      409,
      `${host} can be reached from elsewhere and ${name} asks for no credential: set QUATRAIN_API_KEY, create a key with \`quatrain key create NAME --system ${name}\`, listen on 127.0.0.1, or say --insecure`,
    );
  }
}

/** The address beyond loopback at which a system can be reached; null where there is none. */
function openHost({ host, own }: Config["listen"], system: string): string | null {
  const hosts = [host, own[system as keyof typeof own]?.host ?? host];
  return hosts.find((address) => !isLoopback(address)) ?? null;
}

async function backUp(
  path: string,
  config: Config,
  embedded: EmbeddedDatabase | null,
  stores: Readonly<Record<string, LocalFileStore>>,
) {
  if (embedded === null || Object.keys(stores).length === 0) {
    throw userError(
      "not_embedded",
      400,
      "backup is for the embedded database and local files: use pg_dump and your object store's own tools",
    );
  }
  const snapshotHeld = async (
    names: readonly string[],
    databasePath: string,
    filesDir: string,
  ): Promise<void> => {
    const [name, ...rest] = names;
    if (name === undefined) return embedded.snapshot(databasePath);
    await stores[name]!.hold(async () => {
      await snapshotHeld(rest, databasePath, filesDir);
      await stores[name]!.snapshot(join(filesDir, name));
    });
  };
  return writeBackup(path, {
    snapshot: (databasePath, filesDir) => snapshotHeld(Object.keys(stores), databasePath, filesDir),
    workDir: join(config.dataDir, "tmp"),
    version: VERSION,
    now: systemClock.now,
  });
}
