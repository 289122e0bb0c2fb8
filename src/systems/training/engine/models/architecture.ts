import { reduceMean, type Value } from "../../../../graph/index.ts";
import type { Layers } from "./layers.ts";
import type { ModelChoice } from "./model.ts";

/** How a model is made: two parts, so that the first can be frozen or computed apart. */
export interface Architecture {
  /** `[n, 3, S, S]` (normalised) -> `[n, features]`. Without weights where `fixed`. */
  features(images: Value, layers: Layers, choice: ModelChoice): Value;
  /** `[n, features]` -> `[n, classes]` */
  head(features: Value, layers: Layers, classes: number): Value;
  /** The features have no weights: training is fed with them instead of with pictures. */
  readonly fixed: boolean;
}

/** Mean over the picture: `[n, channels, height, width]` -> `[n, channels]`. */
export function pooled(x: Value): Value {
  return reduceMean(x, { axes: [2, 3] });
}

/** The head of most networks: one linear layer, `fc`. */
export function linearHead(features: Value, layers: Layers, classes: number): Value {
  return layers.linear(features, "fc", classes);
}
