import { resolve } from "node:path";
import type { Secret } from "./secret.ts";
import type { SettingValues } from "./settings.ts";

/** What training is given. */
export interface TrainingServerConfig {
  readonly dir: string | null;
  readonly corsOrigins: readonly string[];
  /** Jobs that one worker process trains at once. */
  readonly slots: number;
  /** Compute threads of one job. */
  readonly threads: number;
  /** From the order to stop until a trainer is killed. */
  readonly stopGraceMs: number;
  /** Secret of the internal callbacks; null: only a job's own token opens them. */
  readonly internalSecret: Secret | null;
  /** Whether anybody may make an account; null: only where the server is not reachable from elsewhere. */
  readonly registration: boolean | null;
  /** Most bytes of one user's datasets; null: no limit. */
  readonly quotaBytes: number | null;
  /** Most unfinished jobs of one user. */
  readonly maxOpenJobs: number;
  /** Folders that `dataset_path` may name. */
  readonly roots: readonly string[];
  /** Folder of weights to begin with, `timm/resnet18.safetensors`. */
  readonly weightsDir: string;
  /** Where missing ones are fetched from; null: nowhere. */
  readonly weightsUrl: string | null;
  readonly python: PythonConfig | null;
  /** Address at which training workers reach this server; null: the shared listener's. */
  readonly selfUrl: string | null;
  readonly mlflow: MlflowConfig | null;
}

/** A worker on torch: an interpreter to start it with, or the address of one that runs elsewhere. */
export type PythonConfig =
  | { readonly kind: "interpreter"; readonly path: string }
  | { readonly kind: "address"; readonly url: string; readonly token: Secret | null };

export interface MlflowConfig {
  readonly uri: string;
  readonly experiment: string;
  readonly username: string | null;
  readonly password: Secret | null;
  readonly token: Secret | null;
}

export function toTrainingConfig(
  values: SettingValues,
  weights: { readonly dir: string; readonly url: string | null },
): TrainingServerConfig {
  return {
    dir: values.QUATRAIN_TRAINING_DIR === null ? null : resolve(values.QUATRAIN_TRAINING_DIR),
    corsOrigins: values.TRAINING_CORS_ORIGINS,
    slots: values.QUATRAIN_TRAINING_SLOTS,
    threads: values.QUATRAIN_TRAINING_THREADS,
    stopGraceMs: values.QUATRAIN_TRAINING_STOP_GRACE * 1_000,
    internalSecret: values.INTERNAL_AUTH_TOKEN,
    registration: values.QUATRAIN_REGISTRATION === "auto" ? null : values.QUATRAIN_REGISTRATION === "open",
    quotaBytes: values.QUATRAIN_TRAINING_QUOTA,
    maxOpenJobs: values.QUATRAIN_TRAINING_MAX_OPEN_JOBS,
    roots: values.QUATRAIN_ROOTS,
    weightsDir: weights.dir,
    weightsUrl: weights.url,
    python: pythonConfig(values),
    selfUrl: values.QUATRAIN_TRAINING_SELF_URL?.reveal().replace(/\/+$/, "") ?? null,
    mlflow: mlflowConfig(values),
  };
}

function pythonConfig(values: SettingValues): PythonConfig | null {
  const url = values.QUATRAIN_TRAINING_WORKER_URL;
  if (url !== null) {
    return { kind: "address", url: url.reveal(), token: values.QUATRAIN_TRAINING_WORKER_TOKEN };
  }
  return values.QUATRAIN_PYTHON === null ? null : { kind: "interpreter", path: values.QUATRAIN_PYTHON };
}

function mlflowConfig(values: SettingValues): MlflowConfig | null {
  if (values.MLFLOW_TRACKING_URI === null) return null;
  return {
    uri: values.MLFLOW_TRACKING_URI.reveal(),
    experiment: values.MLFLOW_EXPERIMENT_NAME,
    username: values.MLFLOW_TRACKING_USERNAME,
    password: values.MLFLOW_TRACKING_PASSWORD,
    token: values.MLFLOW_TRACKING_TOKEN,
  };
}
