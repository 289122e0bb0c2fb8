import { isIPv4 } from "node:net";
import { resolve } from "node:path";
import { type ColorizationConfig, toColorizationConfig } from "./colorization-config.ts";
import { readConfigFile } from "./config-file.ts";
import { readSettings } from "./read-settings.ts";
import { Secret } from "./secret.ts";
import {
  type Role,
  SETTINGS,
  type SettingName,
  type SettingValues,
  SYSTEM_NAMES,
  type SystemName,
} from "./settings.ts";
import { invalidSettings } from "./settings-error.ts";
import { type TrainingServerConfig, toTrainingConfig } from "./training-config.ts";

/** What the rooms are given: settings grouped by who needs them, already checked against each other. */
export interface Config {
  readonly listen: {
    readonly host: string;
    readonly port: number;
    /** Own listeners of single systems; `host` is null where it is the shared listener's. */
    readonly own: Readonly<Partial<Record<SystemName, OwnListener>>>;
    readonly insecure: boolean;
    readonly trustedProxies: readonly string[];
    readonly rateLimitPerMinute: number;
    readonly maxRequestBytes: number;
    readonly maxFileBytes: number;
  };
  readonly systems: readonly SystemName[];
  readonly roles: readonly Role[];
  /** One system alone was asked for: the shared listener speaks its dialect everywhere. */
  readonly onlyOne: boolean;
  readonly dataDir: string;
  /** Other processes use the data folder too. */
  readonly sharedData: boolean;
  readonly databaseUrl: Secret | null;
  readonly s3: S3Config | null;
  readonly disk: { readonly quotaBytes: number | null; readonly minFreeBytes: number };
  readonly admin: { readonly email: string; readonly password: Secret | null };
  readonly apiKey: Secret | null;
  readonly logLevel: SettingValues["QUATRAIN_LOG_LEVEL"];
  readonly numeric: { readonly threads: number; readonly workers: number; readonly sessionBytes: number };
  readonly maxPixels: number;
  /** Weights of pretrained networks: where they lie and where they are fetched from (no slash at the end). */
  readonly weights: { readonly dir: string; readonly url: string | null };
  readonly inspection: {
    readonly dir: string | null;
    /** A backbone's id, or `auto`. */
    readonly engineId: string;
    /** Null: as is best for the backbone. */
    readonly ridge: boolean | null;
    readonly datasetOnly: boolean;
    readonly minOkSamples: number;
    readonly coresetRate: number;
    readonly scorePercentile: number;
    readonly areaMm2Threshold: number;
    readonly cachedMemories: number;
    readonly keptVersions: number;
    /** Null: for ever. */
    readonly auditDays: number | null;
    readonly corsOrigins: readonly string[];
    /** Who is told of ng pictures. */
    readonly webhook: WebhookConfig | null;
  };
  readonly colorization: ColorizationConfig;
  readonly training: TrainingServerConfig;
  readonly integrity: {
    readonly dir: string | null;
    readonly timeZone: string;
    readonly corsOrigins: readonly string[];
    readonly workers: number;
    readonly maxTextLength: number;
    readonly keepText: boolean;
    /** Null: for ever. */
    readonly retentionDays: number | null;
    readonly earlierTexts: boolean;
    readonly phrasesPath: string | null;
    readonly crossref: { readonly url: string; readonly mailto: string | null } | null;
    readonly opinion: OpinionConfig | null;
  };
  /** Names in the environment that look like ours but mean nothing to this version. */
  readonly unknownSettings: readonly string[];
}

export interface OwnListener {
  readonly host: string | null;
  readonly port: number;
}

export interface WebhookConfig {
  readonly url: Secret;
  readonly secret: Secret;
  readonly timeoutMs: number;
}

export interface OpinionConfig {
  readonly url: string;
  readonly model: string;
  readonly key: Secret | null;
}

export interface S3Config {
  readonly endpoint: string | null;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: Secret;
  readonly secretKey: Secret;
}

/**
 * Environment and options to a checked configuration. The only reader of `process.env`.
 * @throws QuatrainError `invalid_settings` with every fault
 */
export function loadConfig(
  options: Partial<Record<SettingName, string>> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const path = environment.QUATRAIN_CONFIG?.trim();
  const { values, faults, faulty, unknown } = readSettings({
    options,
    environment,
    file: path ? readConfigFile(path) : undefined,
  });
  const conflicts = conflictsIn(values).filter(({ among }) => !among.some((name) => faulty.has(name)));
  const all = [...faults, ...conflicts.map(({ fault }) => fault)];
  if (all.length > 0) throw invalidSettings("These settings cannot be used", all);
  return toConfig(values, unknown);
}

/** Settings that are right each by itself and wrong together. */
interface Conflict {
  readonly among: readonly SettingName[];
  readonly fault: string;
}

function conflictsIn(values: SettingValues): Conflict[] {
  const {
    QUATRAIN_S3_BUCKET: bucket,
    QUATRAIN_S3_ACCESS_KEY: access,
    QUATRAIN_S3_SECRET_KEY: secret,
  } = values;
  const isSplit = values.QUATRAIN_ROLES.length < 2;
  const canShare = values.DATABASE_URL !== null && (bucket !== null || values.QUATRAIN_SHARED_DATA);
  const integrityPort = values.INTEGRITY_PORT ?? values.FLASK_PORT;
  const rules: readonly [broken: boolean, among: readonly SettingName[], fault: string][] = [
    [
      values.QUATRAIN_S3_ENDPOINT !== null && bucket === null,
      ["QUATRAIN_S3_BUCKET"],
      "QUATRAIN_S3_ENDPOINT needs QUATRAIN_S3_BUCKET",
    ],
    [
      bucket !== null && (access === null || secret === null),
      ["QUATRAIN_S3_ACCESS_KEY", "QUATRAIN_S3_SECRET_KEY"],
      "QUATRAIN_S3_BUCKET needs QUATRAIN_S3_ACCESS_KEY and QUATRAIN_S3_SECRET_KEY",
    ],
    [
      isSplit && !canShare,
      ["DATABASE_URL", "QUATRAIN_S3_BUCKET", "QUATRAIN_SHARED_DATA"],
      "QUATRAIN_ROLES (--roles) splits the work over several processes: that needs DATABASE_URL, and QUATRAIN_S3_BUCKET or QUATRAIN_SHARED_DATA=1",
    ],
    [
      values.QUATRAIN_INSPECTION_WEBHOOK_URL !== null && values.QUATRAIN_INSPECTION_WEBHOOK_SECRET === null,
      ["QUATRAIN_INSPECTION_WEBHOOK_URL", "QUATRAIN_INSPECTION_WEBHOOK_SECRET"],
      "QUATRAIN_INSPECTION_WEBHOOK_URL needs QUATRAIN_INSPECTION_WEBHOOK_SECRET: every message is signed",
    ],
    [
      isTaken(values.INSPECTION_PORT, [values.QUATRAIN_PORT]),
      ["INSPECTION_PORT", "QUATRAIN_PORT"],
      "INSPECTION_PORT and QUATRAIN_PORT are the same: give each listener a port of its own",
    ],
    [
      isTaken(values.COLORIZATION_PORT, [values.QUATRAIN_PORT, values.INSPECTION_PORT]),
      ["COLORIZATION_PORT", "QUATRAIN_PORT", "INSPECTION_PORT"],
      "COLORIZATION_PORT is the port of another listener: give each listener a port of its own",
    ],
    [
      isTaken(values.TRAINING_PORT, [values.QUATRAIN_PORT, values.INSPECTION_PORT, values.COLORIZATION_PORT]),
      ["TRAINING_PORT", "QUATRAIN_PORT", "INSPECTION_PORT", "COLORIZATION_PORT"],
      "TRAINING_PORT is the port of another listener: give each listener a port of its own",
    ],
    [
      values.QUATRAIN_PYTHON !== null && values.QUATRAIN_TRAINING_WORKER_URL !== null,
      ["QUATRAIN_PYTHON", "QUATRAIN_TRAINING_WORKER_URL"],
      "QUATRAIN_PYTHON starts a worker of its own and QUATRAIN_TRAINING_WORKER_URL names another: set one of them",
    ],
    [
      isTaken(integrityPort, [
        values.QUATRAIN_PORT,
        values.INSPECTION_PORT,
        values.COLORIZATION_PORT,
        values.TRAINING_PORT,
      ]),
      ["INTEGRITY_PORT", "FLASK_PORT", "QUATRAIN_PORT", "INSPECTION_PORT", "TRAINING_PORT"],
      "INTEGRITY_PORT (FLASK_PORT) is the port of another listener: give each listener a port of its own",
    ],
    [
      values.QUATRAIN_INTEGRITY_LLM_URL !== null && values.QUATRAIN_INTEGRITY_LLM_MODEL === null,
      ["QUATRAIN_INTEGRITY_LLM_MODEL"],
      "QUATRAIN_INTEGRITY_LLM_URL needs QUATRAIN_INTEGRITY_LLM_MODEL",
    ],
    [
      values.BDI_REQUIRE_CUDA,
      ["BDI_REQUIRE_CUDA"],
      "BDI_REQUIRE_CUDA=1 cannot be met: the embedded engine runs on the CPU; set it to 0",
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, among, fault]) => ({ among, fault }));
}

function isTaken(port: number | null, others: readonly (number | null)[]): boolean {
  return port !== null && port !== 0 && others.includes(port);
}

function ownListeners(values: SettingValues): Config["listen"]["own"] {
  const integrityPort = values.INTEGRITY_PORT ?? values.FLASK_PORT;
  return {
    ...(values.INSPECTION_PORT === null ? {} : { inspection: { host: null, port: values.INSPECTION_PORT } }),
    ...(values.COLORIZATION_PORT === null
      ? {}
      : { colorization: { host: null, port: values.COLORIZATION_PORT } }),
    ...(values.TRAINING_PORT === null ? {} : { training: { host: null, port: values.TRAINING_PORT } }),
    ...(integrityPort === null ? {} : { integrity: { host: values.FLASK_HOST, port: integrityPort } }),
  };
}

function toConfig(values: SettingValues, unknownSettings: readonly string[]): Config {
  const dataDir = resolve(values.QUATRAIN_DATA_DIR);
  const weights = {
    dir: resolve(values.QUATRAIN_WEIGHTS_DIR ?? `${dataDir}/weights`),
    url: values.QUATRAIN_MODELS_URL?.reveal().replace(/\/+$/, "") ?? null,
  };
  return {
    listen: {
      host: values.QUATRAIN_HOST,
      port: values.QUATRAIN_PORT,
      own: ownListeners(values),
      insecure: values.QUATRAIN_INSECURE,
      trustedProxies: values.QUATRAIN_TRUSTED_PROXY,
      rateLimitPerMinute: values.QUATRAIN_RATE_LIMIT,
      maxRequestBytes: values.QUATRAIN_MAX_UPLOAD,
      maxFileBytes: values.QUATRAIN_MAX_FILE,
    },
    systems: SYSTEM_NAMES.filter((name) => values.QUATRAIN_ONLY.includes(name)),
    onlyOne: values.QUATRAIN_ONLY !== SETTINGS.QUATRAIN_ONLY.fallback && values.QUATRAIN_ONLY.length === 1,
    roles: values.QUATRAIN_ROLES,
    dataDir,
    sharedData: values.QUATRAIN_SHARED_DATA,
    databaseUrl: values.DATABASE_URL,
    s3:
      values.QUATRAIN_S3_BUCKET === null
        ? null
        : {
            endpoint: values.QUATRAIN_S3_ENDPOINT?.reveal() ?? null,
            bucket: values.QUATRAIN_S3_BUCKET,
            region: values.QUATRAIN_S3_REGION,
            accessKey: values.QUATRAIN_S3_ACCESS_KEY ?? new Secret(""),
            secretKey: values.QUATRAIN_S3_SECRET_KEY ?? new Secret(""),
          },
    disk: { quotaBytes: values.QUATRAIN_DISK_QUOTA, minFreeBytes: values.QUATRAIN_MIN_FREE_DISK },
    admin: { email: values.QUATRAIN_ADMIN_EMAIL, password: values.QUATRAIN_ADMIN_PASSWORD },
    apiKey: values.QUATRAIN_API_KEY ?? values.API_KEY,
    logLevel: values.QUATRAIN_LOG_LEVEL,
    numeric: {
      threads: values.QUATRAIN_THREADS,
      workers: values.QUATRAIN_NUMERIC_WORKERS,
      sessionBytes: values.QUATRAIN_NUMERIC_MEMORY,
    },
    maxPixels: values.QUATRAIN_MAX_PIXELS,
    weights,
    inspection: {
      dir: values.BDI_MODELS_DIR === null ? null : resolve(values.BDI_MODELS_DIR),
      engineId: values.QUATRAIN_INSPECTION_ENGINE,
      ridge: values.QUATRAIN_INSPECTION_RIDGE,
      datasetOnly: values.BDI_TRAIN_DATASET_ONLY,
      minOkSamples: values.BDI_MIN_OK_SAMPLES,
      coresetRate: values.BDI_CORESET_RATE,
      scorePercentile: values.BDI_SCORE_PERCENTILE,
      areaMm2Threshold: values.BDI_AREA_MM2_THR,
      cachedMemories: values.BDI_CACHE_MAX_ENTRIES,
      keptVersions: values.QUATRAIN_INSPECTION_KEEP_VERSIONS,
      auditDays: values.QUATRAIN_INSPECTION_AUDIT_DAYS || null,
      corsOrigins: values.BDI_CORS_ORIGINS,
      webhook:
        values.QUATRAIN_INSPECTION_WEBHOOK_URL === null
          ? null
          : {
              url: values.QUATRAIN_INSPECTION_WEBHOOK_URL,
              secret: values.QUATRAIN_INSPECTION_WEBHOOK_SECRET ?? new Secret(""),
              timeoutMs: 1_000 * values.QUATRAIN_INSPECTION_WEBHOOK_TIMEOUT,
            },
    },
    colorization: toColorizationConfig(values),
    training: toTrainingConfig(values, weights),
    integrity: {
      dir: values.QUATRAIN_INTEGRITY_DIR === null ? null : resolve(values.QUATRAIN_INTEGRITY_DIR),
      timeZone: values.QUATRAIN_TIMEZONE,
      corsOrigins: values.INTEGRITY_CORS_ORIGINS,
      workers: values.QUATRAIN_INTEGRITY_WORKERS,
      maxTextLength: values.QUATRAIN_INTEGRITY_MAX_TEXT,
      keepText: values.QUATRAIN_INTEGRITY_KEEP_TEXT,
      retentionDays: values.QUATRAIN_INTEGRITY_RETENTION_DAYS || null,
      earlierTexts: values.QUATRAIN_INTEGRITY_EARLIER_TEXTS,
      phrasesPath: values.QUATRAIN_INTEGRITY_PHRASES,
      crossref:
        values.QUATRAIN_CROSSREF_URL === null
          ? null
          : { url: values.QUATRAIN_CROSSREF_URL.reveal(), mailto: values.QUATRAIN_CROSSREF_MAILTO },
      opinion:
        values.QUATRAIN_INTEGRITY_LLM_URL === null
          ? null
          : {
              url: values.QUATRAIN_INTEGRITY_LLM_URL.reveal(),
              model: values.QUATRAIN_INTEGRITY_LLM_MODEL ?? "",
              key: values.QUATRAIN_INTEGRITY_LLM_KEY,
            },
    },
    unknownSettings,
  };
}

/** The server that the command line talks to unless told otherwise; undefined for the data folder's own. */
export function serverUrl(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return environment.QUATRAIN_URL?.trim() || undefined;
}

/** Whether an address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").replace(/^::ffff:/, "");
  return bare === "localhost" || bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}
