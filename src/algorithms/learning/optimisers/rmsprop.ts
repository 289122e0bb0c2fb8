import type { OptimiserOptions } from "../options.ts";
import type { UpdateRule } from "./update-rule.ts";

/** torch.optim.RMSprop, not centred (Hinton, lecture 6e; eps outside the root, as torch has it). */
export function rmspropRule(options: Pick<OptimiserOptions, "alpha" | "eps" | "momentum">): UpdateRule {
  const { alpha, eps } = options;
  return {
    slots: ["square_avg", "momentum_buffer"],
    update(weights, gradient, slots, step) {
      const [squares, buffer] = slots as [Float32Array, Float32Array];
      const momentum = step.momentum ?? options.momentum;
      const { learningRate, weightDecay } = step;
      const remembers = momentum > 0;
      for (let at = 0; at < weights.length; at++) {
        const weight = weights[at] as number;
        const slope = (gradient[at] as number) + weightDecay * weight;
        const square = (squares[at] as number) * alpha + slope * slope * (1 - alpha);
        squares[at] = square;
        let change = slope / (Math.sqrt(square) + eps);
        if (remembers) {
          change += (buffer[at] as number) * momentum;
          buffer[at] = change;
        }
        weights[at] = weight - learningRate * change;
      }
    },
  };
}
