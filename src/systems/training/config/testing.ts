import type { ConfigFacts, ConfigRequest } from "./resolve-config.ts";

/** A model of 64 pixels and three classes, for tests. */
export const FACTS: ConfigFacts = {
  numClasses: 3,
  classes: ["cat", "dog", "bird"],
  defaultImageSize: 64,
  defaultMean: [0.5, 0.5, 0.5],
  defaultStd: [0.25, 0.25, 0.25],
  frozenByNature: false,
};

/** A request for that model which gives nothing but its `advanced_config`. */
export function requestOf(advanced: unknown, others: Partial<ConfigRequest> = {}): ConfigRequest {
  return {
    framework: "quatrain",
    modelName: "cnn4",
    taskType: null,
    epochs: null,
    batchSize: null,
    learningRate: null,
    advanced,
    ...others,
  };
}
