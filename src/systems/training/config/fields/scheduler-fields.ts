import type { ADVANCED_FIELDS } from "../../../../contracts/training/advanced-config.ts";
import type { Dependency, GroupFacts } from "./field-facts.ts";

const only = (...types: readonly string[]): Dependency => ({ name: "scheduler.type", equals: types });
const plateau = only("reduce_on_plateau");
const oneCycle = only("one_cycle");
const cycledMomentum: Dependency = { name: "scheduler.cycle_momentum", equals: [true] };

/** Which type heeds what is torch's: torch.optim.lr_scheduler's documents. */
export const SCHEDULER_FACTS: GroupFacts<(typeof ADVANCED_FIELDS)["scheduler"]> = {
  type: {
    label: "Scheduler",
    options: {
      none: ["None", "The learning rate stays as it is"],
      step: ["Step", "Reduced every step_size epochs"],
      multistep: ["Multi-step", "Reduced at each of the milestones"],
      exponential: ["Exponential", "Reduced every epoch"],
      cosine: ["Cosine", "Falls along half a cosine"],
      cosine_warm_restarts: ["Cosine with restarts", "Falls along a cosine, again and again"],
      reduce_on_plateau: ["Reduce on plateau", "Reduced when the validation loss no longer falls"],
      one_cycle: ["One cycle", "Rises to max_lr and falls far below its beginning, with every batch"],
    },
  },
  step_size: { label: "Step Size", step: 1, dependsOn: only("step") },
  gamma: { label: "Gamma", step: 0.01, dependsOn: only("step", "multistep", "exponential") },
  milestones: {
    label: "Milestones",
    step: 1,
    listType: "list",
    dependsOn: only("multistep"),
    byDefault: "half and three quarters of the epochs after the warm-up",
  },
  T_max: {
    label: "T_max",
    step: 1,
    dependsOn: only("cosine"),
    byDefault: "the epochs after the warm-up",
  },
  eta_min: { label: "Minimum Learning Rate", step: 1e-6, dependsOn: only("cosine", "cosine_warm_restarts") },
  T_0: { label: "T_0", step: 1, dependsOn: only("cosine_warm_restarts") },
  T_mult: { label: "T_mult", step: 1, dependsOn: only("cosine_warm_restarts") },
  mode: {
    label: "Mode",
    options: { min: ["min", "The loss should fall"], max: ["max", "The loss should rise"] },
    dependsOn: plateau,
  },
  factor: { label: "Factor", step: 0.01, dependsOn: plateau },
  patience: { label: "Patience", step: 1, dependsOn: plateau },
  threshold: { label: "Threshold", step: 1e-4, dependsOn: plateau },
  threshold_mode: {
    label: "Threshold Mode",
    options: { rel: ["Relative", "A share of the best loss"], abs: ["Absolute", "A difference of losses"] },
    dependsOn: plateau,
  },
  cooldown: { label: "Cooldown", step: 1, dependsOn: plateau },
  min_lr: { label: "Minimum Learning Rate", step: 1e-6, dependsOn: plateau },
  max_lr: {
    label: "Maximum Learning Rate",
    step: 1e-4,
    dependsOn: oneCycle,
    byDefault: "the learning rate",
  },
  pct_start: { label: "Share of the Rise", step: 0.01, dependsOn: oneCycle },
  anneal_strategy: {
    label: "Anneal Strategy",
    options: { cos: ["Cosine", "Along half a cosine"], linear: ["Linear", "Along a straight line"] },
    dependsOn: oneCycle,
  },
  div_factor: { label: "Initial Divisor", step: 1, dependsOn: oneCycle },
  final_div_factor: { label: "Final Divisor", step: 100, dependsOn: oneCycle },
  three_phase: { label: "Three Phases", dependsOn: oneCycle },
  cycle_momentum: { label: "Cycle Momentum", dependsOn: oneCycle },
  base_momentum: { label: "Base Momentum", step: 0.01, dependsOn: cycledMomentum },
  max_momentum: { label: "Maximum Momentum", step: 0.01, dependsOn: cycledMomentum },
  warmup_epochs: { label: "Warm-up Epochs", step: 1 },
  warmup_lr: { label: "Warm-up Learning Rate", step: 1e-6 },
};
