import type { ADVANCED_FIELDS } from "../../../../contracts/training/advanced-config.ts";
import type { Dependency, GroupFacts } from "./field-facts.ts";

const only = (...types: readonly string[]): Dependency => ({ name: "optimizer.type", equals: types });

/** Which type heeds what is torch's: torch.optim's documents. */
export const OPTIMIZER_FACTS: GroupFacts<(typeof ADVANCED_FIELDS)["optimizer"]> = {
  type: {
    label: "Optimizer",
    options: {
      adam: ["Adam", "Adaptive Moment Estimation"],
      adamw: ["AdamW", "Adam with weight decay"],
      sgd: ["SGD", "Stochastic Gradient Descent"],
      rmsprop: ["RMSprop", "Gradient divided by a running average of its size"],
      adagrad: ["Adagrad", "Gradient divided by the sum of its squares so far"],
    },
  },
  learning_rate: { label: "Learning Rate", step: 1e-5 },
  weight_decay: { label: "Weight Decay", step: 0.001 },
  betas: { label: "Betas", step: 0.001, listType: "list", dependsOn: only("adam", "adamw") },
  eps: { label: "Epsilon", step: 1e-8, dependsOn: only("adam", "adamw", "rmsprop", "adagrad") },
  amsgrad: { label: "AMSGrad", dependsOn: only("adam", "adamw") },
  momentum: { label: "Momentum", step: 0.01, dependsOn: only("sgd", "rmsprop") },
  nesterov: { label: "Nesterov Momentum", dependsOn: only("sgd") },
  alpha: { label: "Alpha", step: 0.01, dependsOn: only("rmsprop") },
};
