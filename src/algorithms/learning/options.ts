/** Options of optimisers and learning-rate schedules, in torch's meaning; names are torch's in camel case. */

export type OptimiserType = "adam" | "adamw" | "sgd" | "rmsprop" | "adagrad";

/** Each type heeds what torch's optimiser of that name has, and nothing else. */
export interface OptimiserOptions {
  readonly type: OptimiserType;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly betas: readonly [number, number];
  readonly eps: number;
  readonly amsgrad: boolean;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Smoothing constant of rmsprop. */
  readonly alpha: number;
}

/** A schedule without its warm-up. Epochs are counted from 0, after the warm-up. */
export type ScheduleOptions =
  | { readonly type: "none" }
  | { readonly type: "step"; readonly stepSize: number; readonly gamma: number }
  | { readonly type: "multistep"; readonly milestones: readonly number[]; readonly gamma: number }
  | { readonly type: "exponential"; readonly gamma: number }
  | { readonly type: "cosine"; readonly tMax: number; readonly etaMin: number }
  | {
      readonly type: "cosine_warm_restarts";
      readonly t0: number;
      readonly tMult: number;
      readonly etaMin: number;
    }
  | {
      readonly type: "reduce_on_plateau";
      readonly mode: "min" | "max";
      readonly factor: number;
      readonly patience: number;
      readonly threshold: number;
      readonly thresholdMode: "rel" | "abs";
      readonly cooldown: number;
      readonly minLr: number;
    }
  | {
      readonly type: "one_cycle";
      readonly maxLr: number;
      readonly pctStart: number;
      readonly annealStrategy: "cos" | "linear";
      readonly divFactor: number;
      readonly finalDivFactor: number;
      readonly threePhase: boolean;
      readonly cycleMomentum: boolean;
      readonly baseMomentum: number;
      readonly maxMomentum: number;
    };

/** `warmupLr + (lr - warmupLr) * (e - 1) / epochs` in epoch e (from 1); none where `epochs` is 0. */
export interface WarmupOptions {
  readonly epochs: number;
  readonly learningRate: number;
}
