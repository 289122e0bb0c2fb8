import type { OptimiserOptions } from "../options.ts";
import type { UpdateRule, UpdateStep } from "./update-rule.ts";

/**
 * torch.optim.Adam (Kingma and Ba 2015, algorithm 1; amsgrad: Reddi et al. 2018) and, `decoupled`, torch.optim.AdamW
 * (Loshchilov and Hutter 2019). They differ in the decay: Adam adds it to the gradient, AdamW shrinks the weight first.
 */
export function adamRule(
  options: Pick<OptimiserOptions, "betas" | "eps" | "amsgrad">,
  decoupled: boolean,
): UpdateRule {
  return {
    slots: options.amsgrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"],
    update(weights, gradient, slots, step) {
      const [means, squares, largest] = slots as [Float32Array, Float32Array, Float32Array | undefined];
      const factors = factorsOf(options, decoupled, step);
      if (largest === undefined) descend(weights, gradient, means, squares, factors);
      else descendByLargest(weights, gradient, means, squares, largest, factors);
    },
  };
}

/** What is the same for all numbers of a step. */
interface Factors {
  readonly beta1: number;
  readonly beta2: number;
  readonly stepSize: number;
  /** 1 / sqrt of the second moment's bias correction: the loop multiplies, which takes less time than division. */
  readonly scale: number;
  readonly eps: number;
  /** Share of the weight that decoupled decay leaves. */
  readonly kept: number;
  /** Share of the weight that is added to the gradient. */
  readonly decay: number;
}

function factorsOf(
  options: Pick<OptimiserOptions, "betas" | "eps">,
  decoupled: boolean,
  { number, learningRate, momentum, weightDecay }: UpdateStep,
): Factors {
  const beta1 = momentum ?? options.betas[0];
  const beta2 = options.betas[1];
  return {
    beta1,
    beta2,
    stepSize: learningRate / (1 - beta1 ** number),
    scale: 1 / Math.sqrt(1 - beta2 ** number),
    eps: options.eps,
    kept: decoupled ? 1 - learningRate * weightDecay : 1,
    decay: decoupled ? 0 : weightDecay,
  };
}

function descend(
  weights: Float32Array,
  gradient: Float32Array,
  means: Float32Array,
  squares: Float32Array,
  { beta1, beta2, stepSize, scale, eps, kept, decay }: Factors,
): void {
  for (let at = 0; at < weights.length; at++) {
    const weight = (weights[at] as number) * kept;
    const slope = (gradient[at] as number) + decay * weight;
    const mean = (means[at] as number) * beta1 + slope * (1 - beta1);
    const square = (squares[at] as number) * beta2 + slope * slope * (1 - beta2);
    means[at] = mean;
    squares[at] = square;
    weights[at] = weight - (stepSize * mean) / (Math.sqrt(square) * scale + eps);
  }
}

/** amsgrad: divides by the largest second moment so far. A loop of its own, so that the plain one has no branch. */
function descendByLargest(
  weights: Float32Array,
  gradient: Float32Array,
  means: Float32Array,
  squares: Float32Array,
  largest: Float32Array,
  { beta1, beta2, stepSize, scale, eps, kept, decay }: Factors,
): void {
  for (let at = 0; at < weights.length; at++) {
    const weight = (weights[at] as number) * kept;
    const slope = (gradient[at] as number) + decay * weight;
    const mean = (means[at] as number) * beta1 + slope * (1 - beta1);
    const square = (squares[at] as number) * beta2 + slope * slope * (1 - beta2);
    const divisor = Math.max(largest[at] as number, square);
    means[at] = mean;
    squares[at] = square;
    largest[at] = divisor;
    weights[at] = weight - (stepSize * mean) / (Math.sqrt(divisor) * scale + eps);
  }
}
