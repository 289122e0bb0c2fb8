import type { OptimiserOptions } from "../../../algorithms/learning/options.ts";
import { DEFAULTS_BY_TYPE, JOB_DEFAULTS } from "./defaults.ts";
import type { Findings } from "./findings.ts";
import type { Settings } from "./settings.ts";

/** `advanced_config` (its preset included) wins over the job's own learning rate: spec/training.md section 5. */
export function resolveOptimiser(
  { optimizer }: Settings,
  ownRate: number | null,
  findings: Findings,
): OptimiserOptions {
  const { type, momentum, nesterov } = optimizer;
  const learningRate = optimizer.learning_rate ?? ownRate ?? JOB_DEFAULTS.learning_rate;
  // the default may have been filled in before: effective_config tells of it all the same
  if (ownRate !== null && ownRate !== learningRate && ownRate !== JOB_DEFAULTS.learning_rate)
    findings.warn(
      `learning_rate ${ownRate} is overruled by the ${learningRate} of advanced_config.optimizer`,
    );
  if (type === "sgd" && nesterov && momentum === 0) {
    findings.refuse(
      "advanced_config.optimizer.nesterov",
      "Nesterov's momentum needs momentum above 0: raise optimizer.momentum, or leave nesterov off",
    );
  }
  return {
    type,
    learningRate,
    weightDecay: optimizer.weight_decay ?? DEFAULTS_BY_TYPE["optimizer.weight_decay"].values[type],
    betas: optimizer.betas,
    eps: optimizer.eps,
    amsgrad: optimizer.amsgrad,
    momentum,
    nesterov,
    alpha: optimizer.alpha,
  };
}
