import { userError } from "../../../../platform/errors/quatrain-error.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { CATALOGUE, type CatalogueEntry } from "./catalogue.ts";
import { declare } from "./declaration.ts";
import { exportOnnx } from "./export-onnx.ts";
import { drawWeights } from "./initial-weights.ts";
import type { DeclaredWeight } from "./layers.ts";
import type { ModelChoice, ModelDefinition, NamedShape, StatisticOutput } from "./model.ts";
import { evaluationGraph, featureGraph, trainingGraph } from "./trainer-graphs.ts";

/** The choice that a run's configuration makes. */
export function choiceOf(
  config: Pick<TrainingConfig, "framework" | "modelName" | "numClasses" | "freezeBackbone" | "preprocessing">,
): ModelChoice {
  const { imageSize, mean, std } = config.preprocessing;
  return {
    framework: config.framework,
    name: config.modelName,
    numClasses: config.numClasses,
    imageSize,
    frozen: config.freezeBackbone,
    mean,
    std,
  };
}

/**
 * A model of the embedded engine.
 * @throws QuatrainError `model_unknown` (404); `image_size_unsuited` (422): the message names the sizes that fit.
 * @throws RangeError unless `numClasses` is a whole number of at least 1.
 */
export function openModel(choice: ModelChoice): ModelDefinition {
  const { architecture } = checkedEntry(choice);
  const plan = { architecture, choice };
  const { weights, featureDim } = declare(plan);
  const parameters = ofRole(weights, "parameter");
  return {
    choice,
    parameters,
    frozenParameters: ofRole(weights, "frozen"),
    buffers: ofRole(weights, "buffer"),
    statistics: statisticsOf(weights),
    input: architecture.fixed ? "features" : "images",
    featureDim: architecture.fixed ? featureDim : null,
    initialWeights: (seed) => drawWeights(weights, seed),
    featureGraph: (batch) => (architecture.fixed ? featureGraph(plan, batch) : null),
    trainingGraph: (batch) => trainingGraph(plan, { batch, featureDim, trained: parameters }),
    evaluationGraph: (batch) => evaluationGraph(plan, batch, featureDim),
    exportOnnx: (values, facts) => exportOnnx(plan, values, facts),
  };
}

function checkedEntry({ framework, name, imageSize, numClasses }: ModelChoice): CatalogueEntry {
  const entry = CATALOGUE.find(({ facts }) => facts.framework === framework && facts.name === name);
  if (entry === undefined)
    throw userError(
      "model_unknown",
      404,
      `there is no model "${name}" of framework "${framework}": GET /api/v1/models/list names those that there are`,
    );
  const { min, max, multipleOf } = entry.facts.imageSizes;
  if (imageSize < min || imageSize > max || imageSize % multipleOf !== 0)
    throw userError(
      "image_size_unsuited",
      422,
      `${name} takes pictures of ${min} to ${max} px in steps of ${multipleOf}, not ${imageSize}: set preprocessing.image_size`,
      { min, max, multiple_of: multipleOf },
    );
  if (!Number.isInteger(numClasses) || numClasses < 1)
    throw new RangeError(`expected at least one class, got ${numClasses}`);
  return entry;
}

function ofRole(weights: readonly DeclaredWeight[], role: DeclaredWeight["role"]): NamedShape[] {
  return weights.filter((weight) => weight.role === role).map(({ name, shape }) => ({ name, shape }));
}

/** Batch norms whose own parameters are trained are the ones in training form. */
function statisticsOf(weights: readonly DeclaredWeight[]): StatisticOutput[] {
  const trained = new Set(ofRole(weights, "parameter").map(({ name }) => name));
  return ofRole(weights, "buffer").flatMap(({ name: buffer }) => {
    const [layer, kind] = split(buffer);
    if (!trained.has(`${layer}.weight`)) return [];
    if (kind === "running_mean") return [{ output: `mean/${layer}`, buffer }];
    return kind === "running_var" ? [{ output: `variance/${layer}`, buffer }] : [];
  });
}

/** `layer1.0.bn1.running_mean` -> `layer1.0.bn1`, `running_mean`. */
function split(name: string): readonly [string, string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}
