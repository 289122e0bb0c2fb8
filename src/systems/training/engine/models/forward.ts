import type { GraphBuilder, Value } from "../../../../graph/index.ts";
import type { Architecture } from "./architecture.ts";
import type { Layers } from "./layers.ts";
import type { ModelChoice } from "./model.ts";

/** A model of one choice, before its weights. */
export interface ModelPlan {
  readonly architecture: Architecture;
  readonly choice: ModelChoice;
}

/** Declares the pictures: `[batch, 3, S, S]`, normalised. */
export function imagesInput(graph: GraphBuilder, { choice }: ModelPlan, batch: number): Value {
  return graph.input("images", "float32", [batch, 3, choice.imageSize, choice.imageSize]);
}

/** Declares what training and evaluation are fed: `features` of a fixed backbone, else `images`. */
export function trainerInput(graph: GraphBuilder, plan: ModelPlan, batch: number, featureDim: number): Value {
  return plan.architecture.fixed
    ? graph.input("features", "float32", [batch, featureDim])
    : imagesInput(graph, plan, batch);
}

/** From pictures to `[batch, features]`; frozen where the choice wants it. */
export function featuresOf({ architecture, choice }: ModelPlan, images: Value, layers: Layers): Value {
  const emit = () => architecture.features(images, layers, choice);
  return choice.frozen ? layers.frozen(emit) : emit();
}

/** From what the trainer feeds to `[batch, classes]`. */
export function logitsOf(plan: ModelPlan, input: Value, layers: Layers): Value {
  const features = plan.architecture.fixed ? input : featuresOf(plan, input, layers);
  return plan.architecture.head(features, layers, plan.choice.numClasses);
}
