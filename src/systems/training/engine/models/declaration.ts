import { GraphBuilder } from "../../../../graph/index.ts";
import { featuresOf, imagesInput, type ModelPlan } from "./forward.ts";
import { type DeclaredWeight, Layers, weightInputs } from "./layers.ts";

/** What a model's layers declare. */
export interface Declaration {
  readonly weights: readonly DeclaredWeight[];
  /** Length of what the head reads. */
  readonly featureDim: number;
}

/** Runs through the layers without writing a file. */
export function declare(plan: ModelPlan): Declaration {
  const graph = new GraphBuilder("declaration");
  const layers = new Layers({ training: false, supply: weightInputs(graph) });
  const features = featuresOf(plan, imagesInput(graph, plan, 1), layers);
  plan.architecture.head(features, layers, plan.choice.numClasses);
  return { weights: layers.declared, featureDim: features.shape[1] ?? 1 };
}
