import type { OptimiserOptions } from "../options.ts";
import type { UpdateRule } from "./update-rule.ts";

/**
 * torch.optim.Adam (Kingma and Ba 2015, algorithm 1; amsgrad: Reddi et al. 2018) and, `decoupled`, torch.optim.AdamW
 * (Loshchilov and Hutter 2019). They differ in the decay: Adam adds it to the gradient, AdamW shrinks the weight first.
 */
export function adamRule(
  options: Pick<OptimiserOptions, "betas" | "eps" | "amsgrad">,
  decoupled: boolean,
): UpdateRule {
  const { eps, amsgrad } = options;
  return {
    slots: amsgrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"],
    update(weights, gradient, slots, step) {
      const [means, squares, largest] = slots as [Float32Array, Float32Array, Float32Array | undefined];
      const beta1 = step.momentum ?? options.betas[0];
      const beta2 = options.betas[1];
      const stepSize = step.learningRate / (1 - beta1 ** step.number);
      const correction = Math.sqrt(1 - beta2 ** step.number);
      const kept = decoupled ? 1 - step.learningRate * step.weightDecay : 1;
      const decay = decoupled ? 0 : step.weightDecay;
      for (let at = 0; at < weights.length; at++) {
        const weight = (weights[at] as number) * kept;
        const slope = (gradient[at] as number) + decay * weight;
        const mean = (means[at] as number) * beta1 + slope * (1 - beta1);
        let square = (squares[at] as number) * beta2 + slope * slope * (1 - beta2);
        means[at] = mean;
        squares[at] = square;
        if (largest !== undefined) {
          square = Math.max(largest[at] as number, square);
          largest[at] = square;
        }
        weights[at] = weight - (stepSize * mean) / (Math.sqrt(square) / correction + eps);
      }
    },
  };
}
