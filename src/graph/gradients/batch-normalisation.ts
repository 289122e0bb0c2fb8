import { add, div, mul, neg, sqrt, sub } from "../operators/elementwise.ts";
import { type BatchNormAttributes, batchNorm } from "../operators/normalisation.ts";
import { reduceSum } from "../operators/reduction.ts";
import { expand, reshape } from "../operators/shape.ts";
import { elementCount } from "../tensor.ts";
import { at, type Value } from "../value.ts";
import { type BackwardStep, type GradientRule, once, rule } from "./rule.ts";

/** Gradients of batch normalisation, with the batch's own statistics and with given ones. */
export const BATCH_NORMALISATION: Readonly<Record<string, GradientRule>> = {
  BatchNormalization: rule<BatchNormAttributes>((step) =>
    step.attributes.training ? withOwnStatistics(step) : withGivenStatistics(step),
  ),
};

/** What both forms are made of; `[channels]` each but for `normalised`. */
function parts(x: Value, mean: Value, variance: Value, epsilon: number, g: Value) {
  const one = vector(mean, 1);
  const zero = vector(mean, 0);
  const inverse = once(() => div(1, sqrt(add(variance, epsilon))));
  // (x - mean) / deviation in one pass.
  const normalised = once(() => batchNorm(x, { scale: one, bias: zero, mean, variance }, epsilon));
  return {
    inverse,
    sum: once(() => perChannel(g)),
    along: once(() => perChannel(mul(g, normalised()))),
  };
}

function withOwnStatistics(step: BackwardStep<BatchNormAttributes>) {
  const { inputs, outputs, gradients, attributes } = step;
  const [x, scale] = [at(inputs, 0), at(inputs, 1)];
  const [mean, variance] = [at(outputs, 1), at(outputs, 2)];
  const g = gradients[0] ?? null;
  const count = elementCount(x.shape) / at(x.shape, 1);
  const byStatistics = statisticsGradient(step, count);
  if (g === null) return [() => byStatistics ?? zerosLike(x), null, null, null, null];
  const { inverse, sum, along } = parts(x, mean, variance, attributes.epsilon, g);
  return [
    () => {
      // scale / deviation * (g - mean of g - normalised * mean of g * normalised), the last two in one pass.
      const factor = mul(scale, inverse());
      const rest = batchNorm(
        x,
        {
          scale: mul(along(), mul(factor, -1 / count)),
          bias: mul(sum(), mul(factor, -1 / count)),
          mean,
          variance,
        },
        attributes.epsilon,
      );
      const through = add(mul(g, acrossPositions(factor, x)), rest);
      return byStatistics === null ? through : add(through, byStatistics);
    },
    along,
    sum,
    null,
    null,
  ];
}

/** What comes in through the mean and the variance themselves; null where the loss reads neither. */
function statisticsGradient(
  { inputs, outputs, gradients }: BackwardStep<BatchNormAttributes>,
  count: number,
): Value | null {
  const x = at(inputs, 0);
  const [, byMean = null, byVariance = null] = gradients;
  const centred = () => sub(x, acrossPositions(at(outputs, 1), x));
  const fromVariance = byVariance && mul(centred(), acrossPositions(mul(byVariance, 2 / count), x));
  const fromMean = byMean && acrossPositions(div(byMean, count), x);
  if (fromVariance === null) return fromMean && expand(fromMean, x.shape);
  return fromMean === null ? fromVariance : add(fromVariance, fromMean);
}

function withGivenStatistics({ inputs, gradients, attributes }: BackwardStep<BatchNormAttributes>) {
  const [x, scale, mean, variance] = [at(inputs, 0), at(inputs, 1), at(inputs, 3), at(inputs, 4)];
  const g = at(gradients, 0);
  if (g === null) return [];
  const { inverse, sum, along } = parts(x, mean, variance, attributes.epsilon, g);
  const factor = once(() => mul(scale, inverse()));
  return [
    () => mul(g, acrossPositions(factor(), x)),
    along,
    sum,
    () => neg(mul(sum(), factor())),
    () => mul(mul(along(), scale), mul(mul(inverse(), inverse()), -0.5)),
  ];
}

/** Sums over everything but the channels. */
function perChannel(x: Value): Value {
  return reduceSum(x, { axes: x.shape.map((_, axis) => axis).filter((axis) => axis !== 1) });
}

/** `[channels]` -> `[channels, 1, ...]`, which broadcasts over the positions of `x`. */
function acrossPositions(channels: Value, x: Value): Value {
  return reshape(channels, [-1, ...x.shape.slice(2).map(() => 1)]);
}

function vector({ graph, type, shape }: Value, value: number): Value {
  return expand(graph.scalar(type, value), shape);
}

function zerosLike(x: Value): Value {
  return vector(x, 0);
}
