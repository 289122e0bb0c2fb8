import type {
  OptimiserOptions,
  ScheduleOptions,
  WarmupOptions,
} from "../../../algorithms/learning/options.ts";
import { DEFAULTS_BY_TYPE } from "./defaults.ts";
import type { Findings } from "./findings.ts";
import type { Settings } from "./settings.ts";

/** What a schedule is resolved from. */
export interface SchedulePlan {
  readonly settings: Settings;
  /** Dotted names that the client gave itself, with their values. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly epochs: number;
  readonly optimiser: OptimiserOptions;
}

const at = (name: string) => `advanced_config.scheduler.${name}`;

/**
 * Warm-up as spec/training.md section 5 has it. A preset's is shortened where the run is short; one that was given is kept,
 * with a warning: clients try the settings of a long run on a short one.
 */
export function resolveWarmup(plan: SchedulePlan, findings: Findings): WarmupOptions {
  const { epochs, given } = plan;
  const { warmup_epochs: wanted, warmup_lr: first } = plan.settings.scheduler;
  const { learningRate } = plan.optimiser;
  let warmupEpochs = wanted;
  if (wanted >= epochs && given.has("scheduler.warmup_epochs")) {
    if (plan.settings.scheduler.type === "one_cycle")
      findings.refuse(at("warmup_epochs"), `Input should be below the ${epochs} epochs of the run`);
    findings.warn(
      `${at("warmup_epochs")} ${wanted} is not below the ${epochs} epochs of the run: nothing is trained at the full rate`,
    );
  } else if (wanted >= epochs) {
    warmupEpochs = Math.floor(epochs / 3);
    findings.warn(
      `The preset's ${wanted} warm-up epochs are shortened to ${warmupEpochs}: the run has ${epochs}`,
    );
  }
  if (warmupEpochs > 0 && given.has("scheduler.warmup_lr") && first > learningRate)
    findings.warn(
      `${at("warmup_lr")} ${first} is above the learning rate ${learningRate}: the warm-up falls`,
    );
  return {
    epochs: warmupEpochs,
    // a default may not turn a very small learning rate's warm-up upside down
    learningRate: given.has("scheduler.warmup_lr") ? first : Math.min(first, learningRate),
  };
}

/** Source: torch.optim.lr_scheduler; what torch has no default for is documented in the fields' facts. */
export function resolveSchedule(
  plan: SchedulePlan,
  warmupEpochs: number,
  findings: Findings,
): ScheduleOptions {
  const { scheduler } = plan.settings;
  const epochs = Math.max(1, plan.epochs - warmupEpochs);
  switch (scheduler.type) {
    case "none":
      return { type: "none" };
    case "step":
      return { type: "step", stepSize: scheduler.step_size, gamma: gammaOf(scheduler) };
    case "multistep":
      return {
        type: "multistep",
        milestones: milestonesOf(plan, epochs, findings),
        gamma: gammaOf(scheduler),
      };
    case "exponential":
      return { type: "exponential", gamma: gammaOf(scheduler) };
    case "cosine":
      return { type: "cosine", tMax: scheduler.T_max ?? epochs, etaMin: floorOf("eta_min", plan, findings) };
    case "cosine_warm_restarts":
      return {
        type: "cosine_warm_restarts",
        t0: scheduler.T_0,
        tMult: scheduler.T_mult,
        etaMin: floorOf("eta_min", plan, findings),
      };
    case "reduce_on_plateau":
      return plateauOf(plan, findings);
    case "one_cycle":
      return oneCycleOf(plan, warmupEpochs, findings);
  }
}

function gammaOf({ gamma, type }: Settings["scheduler"]): number {
  const defaults: Readonly<Record<string, number>> = DEFAULTS_BY_TYPE["scheduler.gamma"].values;
  return gamma ?? defaults[type] ?? 1;
}

function milestonesOf({ settings }: SchedulePlan, epochs: number, findings: Findings): readonly number[] {
  const { milestones } = settings.scheduler;
  if (milestones === null) {
    return [...new Set([0.5, 0.75].map((share) => Math.max(1, Math.round(share * epochs))))];
  }
  if (milestones.some((milestone, index) => milestone <= (milestones[index - 1] ?? 0)))
    findings.refuse(at("milestones"), "Input should be increasing");
  else if ((milestones[0] ?? 0) >= epochs)
    findings.warn(`${at("milestones")} has no effect: all lie behind the ${epochs} epochs after the warm-up`);
  return milestones;
}

/** The rate that is not gone below: never above the one that is begun with. */
function floorOf(name: "eta_min" | "min_lr", plan: SchedulePlan, findings: Findings): number {
  const floor = plan.settings.scheduler[name];
  const { learningRate } = plan.optimiser;
  if (floor > learningRate)
    findings.refuse(at(name), `Input should be at most the learning rate, which is ${learningRate}`);
  return floor;
}

function plateauOf(plan: SchedulePlan, findings: Findings): ScheduleOptions {
  const { scheduler } = plan.settings;
  if (scheduler.mode === "max") {
    findings.warn(
      `${at("mode")} max waits for the validation loss to rise: the learning rate is reduced while the training succeeds`,
    );
  }
  return {
    type: "reduce_on_plateau",
    mode: scheduler.mode,
    factor: scheduler.factor,
    patience: scheduler.patience,
    threshold: scheduler.threshold,
    thresholdMode: scheduler.threshold_mode,
    cooldown: scheduler.cooldown,
    minLr: floorOf("min_lr", plan, findings),
  };
}

function oneCycleOf(plan: SchedulePlan, warmupEpochs: number, findings: Findings): ScheduleOptions {
  const { settings, given, optimiser } = plan;
  const { scheduler } = settings;
  const maxLr = scheduler.max_lr ?? optimiser.learningRate;
  const hasMomentum = optimiser.type !== "adagrad";
  if (warmupEpochs > 0)
    findings.warn("one_cycle rises by itself: after the warm-up its learning rate begins low once more");
  if (maxLr !== optimiser.learningRate && given.has("optimizer.learning_rate") && warmupEpochs === 0)
    findings.warn(
      "advanced_config.optimizer.learning_rate has no effect: one_cycle goes by scheduler.max_lr",
    );
  if (!hasMomentum && scheduler.cycle_momentum)
    findings.warn(
      "adagrad has no momentum: one_cycle moves its learning rate only (scheduler.cycle_momentum)",
    );
  if (scheduler.cycle_momentum && scheduler.base_momentum > scheduler.max_momentum)
    findings.refuse(
      at("base_momentum"),
      `Input should be at most max_momentum, which is ${scheduler.max_momentum}`,
    );
  return {
    type: "one_cycle",
    maxLr,
    pctStart: scheduler.pct_start,
    annealStrategy: scheduler.anneal_strategy,
    divFactor: scheduler.div_factor,
    finalDivFactor: scheduler.final_div_factor,
    threePhase: scheduler.three_phase,
    cycleMomentum: scheduler.cycle_momentum && hasMomentum,
    baseMomentum: scheduler.base_momentum,
    maxMomentum: scheduler.max_momentum,
  };
}
