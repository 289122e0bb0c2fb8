import type { OptimiserOptions } from "../options.ts";
import type { UpdateRule } from "./update-rule.ts";

/** torch.optim.SGD with dampening 0; Nesterov's form as torch has it (Sutskever et al. 2013). */
export function sgdRule(options: Pick<OptimiserOptions, "momentum" | "nesterov">): UpdateRule {
  return {
    slots: ["momentum_buffer"],
    update(weights, gradient, slots, step) {
      const [buffer] = slots as [Float32Array];
      const momentum = step.momentum ?? options.momentum;
      const { learningRate, weightDecay } = step;
      // torch leaves the buffer alone in steps without momentum; zeros before the first step give its first value too
      if (momentum === 0) return descend(weights, gradient, learningRate, weightDecay);
      const ownShare = options.nesterov ? 1 : 0;
      const bufferShare = options.nesterov ? momentum : 1;
      for (let at = 0; at < weights.length; at++) {
        const weight = weights[at] as number;
        const slope = (gradient[at] as number) + weightDecay * weight;
        const moved = (buffer[at] as number) * momentum + slope;
        buffer[at] = moved;
        weights[at] = weight - learningRate * (ownShare * slope + bufferShare * moved);
      }
    },
  };
}

function descend(
  weights: Float32Array,
  gradient: Float32Array,
  learningRate: number,
  weightDecay: number,
): void {
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] as number;
    weights[at] = weight - learningRate * ((gradient[at] as number) + weightDecay * weight);
  }
}
