import type { OptimiserOptions } from "../options.ts";
import type { UpdateRule } from "./update-rule.ts";

/**
 * torch.optim.Adagrad with its defaults lr_decay 0 and initial_accumulator_value 0 (Duchi et al. 2011). It has no
 * momentum: one that a schedule cycles is left aside.
 */
export function adagradRule(options: Pick<OptimiserOptions, "eps">): UpdateRule {
  const { eps } = options;
  return {
    slots: ["sum"],
    update(weights, gradient, slots, step) {
      const [sums] = slots as [Float32Array];
      const { learningRate, weightDecay } = step;
      for (let at = 0; at < weights.length; at++) {
        const weight = weights[at] as number;
        const slope = (gradient[at] as number) + weightDecay * weight;
        const sum = (sums[at] as number) + slope * slope;
        sums[at] = sum;
        weights[at] = weight - (learningRate * slope) / (Math.sqrt(sum) + eps);
      }
    },
  };
}
