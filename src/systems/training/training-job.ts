import type { EffectiveConfig, TrainingConfig } from "./config/training-config.ts";

export type JobStatus = "pending" | "queued" | "running" | "completed" | "failed" | "stopped";

/** States that nothing but a new start leaves: a late word of a trainer changes nothing. */
export const ENDED: readonly JobStatus[] = ["completed", "failed", "stopped"];

/** A training job. Times are milliseconds UTC. */
export interface TrainingJob {
  readonly id: number;
  readonly sessionId: number | null;
  readonly projectId: number | null;
  readonly ownerId: number | null;
  readonly visibility: "private" | "public";
  readonly experimentName: string | null;
  readonly tags: readonly string[];
  readonly notes: string | null;
  readonly datasetId: string | null;
  readonly datasetPath: string | null;
  readonly datasetFormat: string | null;
  readonly classes: readonly string[];
  /** Prefix of its files in the store. */
  readonly outputDir: string;
  /** As the client sent them; what is done is in `config`. */
  readonly sent: {
    readonly framework: string;
    readonly modelName: string;
    readonly taskType: "image_classification" | "object_detection";
    readonly epochs: number;
    readonly batchSize: number;
    readonly learningRate: number;
    readonly numClasses: number;
    readonly advancedConfig: Readonly<Record<string, unknown>> | null;
  };
  readonly config: TrainingConfig;
  readonly effectiveConfig: EffectiveConfig;
  readonly warnings: readonly string[];
  readonly engine: "embedded" | "python";
  readonly priority: number;
  readonly status: JobStatus;
  readonly primaryMetric: string;
  readonly primaryMetricMode: "min" | "max";
  readonly currentEpoch: number;
  readonly bestMetric: number | null;
  readonly bestEpoch: number | null;
  readonly finalAccuracy: number | null;
  readonly errorMessage: string | null;
  readonly errorCode: string | null;
  readonly snapshot: string | null;
  /** How often it was begun; fences off what an older attempt still says. */
  readonly attempt: number;
  /** How often it lost its process. */
  readonly restarts: number;
  /** Name of the checkpoint that the next attempt continues from. */
  readonly resumeFrom: string | null;
  /** Path of a checkpoint whose weights the next attempt begins with. */
  readonly beginWith: string | null;
  readonly stopRequested: boolean;
  readonly callbackTokenHash: string | null;
  readonly ticket: string | null;
  readonly mlflowRunId: string | null;
  readonly runFacts: RunFacts;
  readonly createdAt: number;
  readonly queuedAt: number | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
}

/** What a run told of itself. */
export interface RunFacts {
  readonly parameters?: number;
  readonly trainImages?: number;
  readonly validationImages?: number;
  readonly stepsPerEpoch?: number;
  /** When the present attempt began its first epoch, and which that was. */
  readonly begunAt?: number;
  readonly firstEpoch?: number;
  readonly earlyStopped?: boolean;
}

/** A stored state of a run. */
export interface Checkpoint {
  readonly jobId: number;
  readonly name: string;
  readonly epoch: number;
  readonly roles: readonly CheckpointRole[];
  readonly metric: number | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: number;
}

export type CheckpointRole = "last" | "best" | "periodic";

/** Key of a checkpoint's file in the store. */
export function checkpointKey({ outputDir }: Pick<TrainingJob, "outputDir">, name: string): string {
  return `${outputDir}/checkpoints/${name}`;
}

/** Figures of one epoch. */
export interface EpochFigures {
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly learningRate: number | null;
  readonly extra: Readonly<Record<string, number>>;
}
