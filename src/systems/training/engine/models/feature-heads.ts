import { div, gelu, sub, type Value } from "../../../../graph/index.ts";
import type { Architecture } from "./architecture.ts";
import { filled } from "./initial-weights.ts";
import { type Layers, size } from "./layers.ts";
import { pictureFeatures } from "./picture-features.ts";

/** Width of the hidden layer. */
const HIDDEN = 256;

/** One linear layer (`fc`) on the filter bank's standardised features: multinomial logistic regression. */
export const featuresLinear: Architecture = {
  features: (images, _, choice) => pictureFeatures(images, choice),
  head: (features, layers, classes) => layers.linear(standardised(features, layers), "fc", classes),
  fixed: true,
};

/** The same with a hidden layer of 256 and GELU between (`fc1`, `fc2`). */
export const featuresMlp: Architecture = {
  features: (images, _, choice) => pictureFeatures(images, choice),
  head(features, layers, classes) {
    const hidden = gelu(layers.linear(standardised(features, layers), "fc1", HIDDEN));
    return layers.linear(hidden, "fc2", classes);
  },
  fixed: true,
};

/** Each feature with the training set's mean 0 and deviation 1: the buffers are filled before the first epoch. */
function standardised(features: Value, layers: Layers): Value {
  const shape = [size(features, 1)];
  const mean = layers.buffer(FEATURE_MEAN, shape, filled(0));
  const std = layers.buffer(FEATURE_STD, shape, filled(1));
  return div(sub(features, mean()), std());
}

/** Buffers of the feature heads. */
export const FEATURE_MEAN = "features.mean";
export const FEATURE_STD = "features.std";
