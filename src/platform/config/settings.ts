import { availableParallelism } from "node:os";
import {
  bytes,
  decimal,
  flag,
  folders,
  networks,
  oneOf,
  optionalFlag,
  origins,
  type Setting,
  secret,
  someOf,
  text,
  timeZone,
  url,
  whole,
} from "./setting.ts";

/** The systems that this version can mount. */
export const SYSTEM_NAMES = ["inspection", "colorization", "training", "integrity"] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

export const ROLES = ["api", "worker"] as const;
export type Role = (typeof ROLES)[number];

/** Names of the pretrained backbones, as `src/ml/backbones/dinov2` knows them. */
const DINOV2_IDS = ["small", "base", "large"].flatMap((size) =>
  ["", "reg4_"].flatMap((registers) =>
    ["", "-int8"].map((precision) => `vit_${size}_patch14_${registers}dinov2${precision}`),
  ),
);

const MB = 2 ** 20;
const GB = 2 ** 30;

/**
 * Every setting of the server, by the name that the environment and the config file use.
 * docs/reference/settings.md is written from this table.
 */
export const SETTINGS = {
  QUATRAIN_HOST: text("Address to listen on. Beyond loopback a credential must be configured.", "127.0.0.1"),
  QUATRAIN_PORT: whole("Port of the shared listener; 0 takes a free one.", 8080, [0, 65_535]),
  INSPECTION_PORT: whole("Port of a listener that speaks inspection's dialect alone.", null, [0, 65_535]),
  COLORIZATION_PORT: whole(
    "Port of a listener that speaks colorization's dialects alone.",
    null,
    [0, 65_535],
  ),
  TRAINING_PORT: whole("Port of a listener that speaks training's dialect alone.", null, [0, 65_535]),
  INTEGRITY_PORT: whole("Port of a listener that speaks integrity's dialect alone.", null, [0, 65_535]),
  FLASK_PORT: whole("Older name of INTEGRITY_PORT.", null, [0, 65_535]),
  FLASK_HOST: text("Address of integrity's own listener; absent: QUATRAIN_HOST.", null),
  QUATRAIN_ONLY: someOf(
    "Systems to mount. With one, the shared listener speaks its dialect everywhere.",
    SYSTEM_NAMES,
    SYSTEM_NAMES,
  ),
  QUATRAIN_ROLES: someOf(
    "What this process does. Splitting the roles needs PostgreSQL and shared files.",
    ROLES,
    ROLES,
  ),
  QUATRAIN_INSECURE: flag("Listen beyond loopback without any credential."),
  QUATRAIN_DATA_DIR: text("Folder of the database, the files and the lock.", "data"),
  QUATRAIN_SHARED_DATA: flag("The data folder is on a file system that all processes of the database share."),
  DATABASE_URL: url("PostgreSQL in place of the embedded database.", ["postgres", "postgresql"]),
  QUATRAIN_S3_ENDPOINT: url("S3 endpoint; with QUATRAIN_S3_BUCKET it replaces local files.", [
    "http",
    "https",
  ]),
  QUATRAIN_S3_BUCKET: text("S3 bucket.", null),
  QUATRAIN_S3_REGION: text("S3 region.", "us-east-1"),
  QUATRAIN_S3_ACCESS_KEY: secret("S3 access key."),
  QUATRAIN_S3_SECRET_KEY: secret("S3 secret key."),
  QUATRAIN_DISK_QUOTA: bytes("Most bytes that stored files may take; absent: no limit.", null),
  QUATRAIN_MIN_FREE_DISK: bytes("Uploads are refused when the disk has less left.", 200 * MB),
  QUATRAIN_ADMIN_EMAIL: text("First administrator.", "admin@localhost"),
  QUATRAIN_ADMIN_PASSWORD: secret(
    "Password of the first administrator; without it a random one is printed once.",
  ),
  QUATRAIN_API_KEY: secret("Key that X-API-Key must carry on inspection and integrity."),
  API_KEY: secret("Older name of QUATRAIN_API_KEY."),
  QUATRAIN_TRUSTED_PROXY: networks("Addresses or networks of proxies whose X-Forwarded-For is believed."),
  QUATRAIN_RATE_LIMIT: whole(
    "Requests a minute and client; 0 = off; off on direct loopback.",
    6_000,
    [0, 1_000_000],
  ),
  QUATRAIN_MAX_UPLOAD: bytes("Most bytes of one request.", 2 * GB),
  QUATRAIN_MAX_FILE: bytes(
    "Most bytes of one uploaded file; archives of a dataset are bounded by QUATRAIN_MAX_UPLOAD instead.",
    64 * MB,
  ),
  QUATRAIN_MAX_PIXELS: whole("Most pixels of one picture.", 100_000_000, [1, 1_000_000_000]),
  QUATRAIN_LOG_LEVEL: oneOf("Lines from this level up are written to standard error.", "info", [
    "debug",
    "info",
    "warn",
    "error",
    "silent",
  ]),
  QUATRAIN_THREADS: {
    ...whole("Threads of one numeric worker.", availableParallelism(), [1, 256]),
    fallbackText: "the machine's cores",
  },
  QUATRAIN_NUMERIC_WORKERS: whole("Numeric workers of one process.", 1, [1, 64]),
  QUATRAIN_NUMERIC_MEMORY: bytes("Most bytes of numeric sessions kept ready per worker.", 512 * MB),
  QUATRAIN_INSPECTION_ENGINE: oneOf(
    "Backbone of new memories. auto: the first DINOv2 whose weights are installed, else fb98.",
    "auto",
    ["auto", "fb98", "fb98-fast", ...DINOV2_IDS],
  ),
  QUATRAIN_INSPECTION_WEBHOOK_URL: url("Where each ng picture is told of; absent: nowhere.", [
    "http",
    "https",
  ]),
  QUATRAIN_INSPECTION_WEBHOOK_SECRET: secret("Secret that messages to the webhook are signed with."),
  QUATRAIN_INSPECTION_WEBHOOK_TIMEOUT: whole("Seconds that the webhook may take to answer.", 10, [1, 300]),
  QUATRAIN_INSPECTION_RIDGE: optionalFlag(
    "Add the filter bank for lines and cracks to new memories of fb98 and fb98-fast; absent: to those of fb98.",
  ),
  BDI_MODELS_DIR: text(
    "Folder of inspection's models and datasets; absent: `inspection` in the data folder.",
    null,
  ),
  BDI_TRAIN_DATASET_ONLY: flag("/fit_ok refuses uploaded images and asks for use_dataset=true."),
  BDI_MIN_OK_SAMPLES: whole("Fewest OK pictures of a fit on the dataset.", 10, [1, 100_000]),
  BDI_CORESET_RATE: decimal("Share of the patches that a memory keeps.", 0.1, [0.0001, 1]),
  BDI_SCORE_PERCENTILE: decimal("Percentile of the OK scores in calibration.", 99, [0, 100]),
  BDI_AREA_MM2_THR: decimal("Smaller regions are dropped, in mm2.", 1, [0, 1e9]),
  BDI_CACHE_MAX_ENTRIES: whole("Memories kept ready.", 32, [1, 10_000]),
  QUATRAIN_INSPECTION_KEEP_VERSIONS: whole(
    "Versions of a memory that are kept to roll back to, the one in use among them.",
    10,
    [2, 1_000],
  ),
  QUATRAIN_INSPECTION_AUDIT_DAYS: whole(
    "Days after which inspection's audit entries and changes of thresholds are deleted; 0 = never.",
    1_095,
    [0, 36_500],
  ),
  BDI_CORS_ORIGINS: origins("Origins that browsers may call inspection from; * for all."),
  BDI_REQUIRE_CUDA: flag(
    "Refuse to start without CUDA. The embedded engine has none: with 1 the server does not start.",
  ),
  QUATRAIN_COLORIZATION_DIR: text(
    "Folder of colorization's pages; absent: `colorization` in the data folder.",
    null,
  ),
  COLORIZATION_CORS_ORIGINS: {
    ...origins("Origins that browsers may call colorization from; its extension needs *."),
    fallback: ["*"],
    fallbackText: "*",
  },
  MANGA_FLUX_API_TOKEN: secret("Token that colorization asks for when something is to be written."),
  MANGA_FLUX_PROTECT_READS: flag("Colorization asks for the token when something is read, too."),
  QUATRAIN_COLORIZATION_THREADS: {
    ...whole("Threads that work on pages.", availableParallelism(), [1, 64]),
    fallbackText: "the machine's cores",
  },
  QUATRAIN_COMFYUI_URL: url(
    "ComfyUI server that colours pages for the engine flux; absent: the embedded engine does.",
    ["http", "https"],
  ),
  QUATRAIN_COMFYUI_WORKFLOW: text("Workflow for it, as a JSON file; absent: the one that comes along.", null),
  QUATRAIN_COMFYUI_TIMEOUT: whole("Seconds that it may take for one page.", 600, [1, 86_400]),
  QUATRAIN_BFL_KEY: secret(
    "Key of Black Forest Labs' API, which colours pages where no ComfyUI is configured; absent: off.",
  ),
  QUATRAIN_BFL_URL: url(
    "Where that API is: that of a region (https://api.eu.bfl.ai), or a proxy; absent: https://api.bfl.ai.",
    ["http", "https"],
  ),
  QUATRAIN_TRAINING_DIR: text(
    "Folder of training's pictures and checkpoints; absent: `training` in the data folder.",
    null,
  ),
  TRAINING_CORS_ORIGINS: origins("Origins that browsers may call training from; * for all."),
  QUATRAIN_TRAINING_SLOTS: whole("Jobs that one worker process trains at once.", 1, [1, 64]),
  QUATRAIN_TRAINING_THREADS: {
    ...whole("Compute threads of one training job.", availableParallelism(), [1, 256]),
    fallbackText: "the machine's cores",
  },
  QUATRAIN_TRAINING_STOP_GRACE: whole(
    "Seconds that a trainer has to write its checkpoint and end, when it is stopped.",
    30,
    [1, 3_600],
  ),
  INTERNAL_AUTH_TOKEN: secret(
    "Secret of training's internal callbacks (X-Internal-Auth); absent: only a job's own token opens them.",
  ),
  QUATRAIN_REGISTRATION: oneOf(
    "Who may make an account: open (anybody), closed, or auto (open where only this machine can reach the server).",
    "auto",
    ["auto", "open", "closed"],
  ),
  QUATRAIN_TRAINING_QUOTA: bytes("Most bytes of one user's datasets; absent: no limit.", null),
  QUATRAIN_TRAINING_MAX_OPEN_JOBS: whole("Most unfinished training jobs of one user.", 1_000, [1, 1_000_000]),
  QUATRAIN_ROOTS: folders("Folders that client paths may name, besides the data folder."),
  QUATRAIN_WEIGHTS_DIR: text(
    "Folder of weights to begin with, as timm/resnet18.safetensors; absent: `weights` in the data folder.",
    null,
  ),
  QUATRAIN_MODELS_URL: url("Where weights that the folder lacks are fetched from; absent: nowhere.", [
    "http",
    "https",
  ]),
  QUATRAIN_PYTHON: text("Python with torch: starts the optional training worker; absent: none.", null),
  QUATRAIN_TRAINING_WORKER_URL: url("Address of a training worker that runs elsewhere; absent: none.", [
    "http",
    "https",
  ]),
  QUATRAIN_TRAINING_WORKER_TOKEN: secret("Token of that worker."),
  QUATRAIN_TRAINING_SELF_URL: url(
    "Address at which training workers reach this server; absent: that of the shared listener.",
    ["http", "https"],
  ),
  MLFLOW_TRACKING_URI: url("MLflow server that training jobs are recorded on; absent: none.", [
    "http",
    "https",
  ]),
  MLFLOW_EXPERIMENT_NAME: text("Experiment of the runs there.", "quatrain"),
  MLFLOW_TRACKING_USERNAME: text("User name for MLflow.", null),
  MLFLOW_TRACKING_PASSWORD: secret("Password for MLflow."),
  MLFLOW_TRACKING_TOKEN: secret("Token for MLflow."),
  QUATRAIN_INTEGRITY_DIR: text(
    "Folder of the files that integrity analysed; absent: `integrity` in the data folder.",
    null,
  ),
  QUATRAIN_TIMEZONE: timeZone("Time zone of the days and weeks in integrity's metrics.", "UTC"),
  INTEGRITY_CORS_ORIGINS: origins("Origins that browsers may call integrity from; * for all."),
  QUATRAIN_INTEGRITY_WORKERS: {
    ...whole("Threads that analyse texts.", availableParallelism(), [1, 64]),
    fallbackText: "the machine's cores",
  },
  QUATRAIN_INTEGRITY_MAX_TEXT: whole("Most characters of one text.", 2_000_000, [1_000, 20_000_000]),
  QUATRAIN_INTEGRITY_KEEP_TEXT: flag(
    "Keep texts and files. 0: fingerprints only, no text is stored and no passage can be shown.",
    true,
  ),
  QUATRAIN_INTEGRITY_RETENTION_DAYS: whole(
    "Days after which texts, files and fingerprints of cases are deleted; 0 = never. Scores stay.",
    0,
    [0, 36_500],
  ),
  QUATRAIN_INTEGRITY_EARLIER_TEXTS: flag("Compare the style with the author's earlier texts."),
  QUATRAIN_INTEGRITY_PHRASES: text(
    "JSON file with tortured phrases of your own, beside the built-in ones.",
    null,
  ),
  QUATRAIN_CROSSREF_URL: url("Crossref's REST API, to look references up; absent: off.", ["http", "https"]),
  QUATRAIN_CROSSREF_MAILTO: text("Your address, which Crossref asks its users for.", null),
  QUATRAIN_INTEGRITY_LLM_URL: url(
    "OpenAI-compatible API for a remark that is shown apart and enters no score; absent: off.",
    ["http", "https"],
  ),
  QUATRAIN_INTEGRITY_LLM_MODEL: text("Model of that API.", null),
  QUATRAIN_INTEGRITY_LLM_KEY: secret("Key of that API."),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;

/** The parsed values, by name. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};
