import {
  add,
  concat,
  float32,
  mul,
  reduceMax,
  relu,
  slice,
  sqrt,
  sub,
  type Value,
} from "../../../../graph/index.ts";
import { FB98_DIM, fb98Features } from "../../../../ml/backbones/fb98/filter-bank.ts";
import { pooled } from "./architecture.ts";
import { size } from "./layers.ts";
import type { ModelChoice } from "./model.ts";

/** Numbers per picture: mean, deviation and maximum of the bank's channels, and their means in four quarters. */
export const PICTURE_FEATURES = 7 * FB98_DIM;

/** Keeps the deviation of a flat channel differentiable and above zero. */
const VARIANCE_FLOOR = 1e-8;

/**
 * What the inspection backbone's filter bank says about whole pictures. The four quarters tell where something is;
 * mean, deviation and maximum what there is.
 *
 * @param images `[n, 3, S, S]` normalised with the choice's mean and std; S a multiple of 16.
 * @returns `[n, 686]`
 */
export function pictureFeatures(images: Value, { mean, std }: Pick<ModelChoice, "mean" | "std">): Value {
  const perChannel = (values: readonly number[]) => images.graph.constant(float32([1, 3, 1, 1], values));
  const cells = fb98Features(add(mul(images, perChannel(std)), perChannel(mean)));
  const average = pooled(cells);
  const squares = sub(pooled(mul(cells, cells)), mul(average, average));
  const deviation = sqrt(add(relu(squares), VARIANCE_FLOOR));
  return concat([average, deviation, reduceMax(cells, { axes: [2, 3] }), ...quarters(cells)], 1);
}

/** Means of the upper left, upper right, lower left and lower right quarter. */
function quarters(cells: Value): Value[] {
  const half = (x: Value, axis: number, which: number) => {
    const length = size(x, axis) / 2;
    return slice(x, { axis, start: which * length, end: (which + 1) * length });
  };
  return [0, 1].flatMap((row) => [0, 1].map((column) => pooled(half(half(cells, 2, row), 3, column))));
}
