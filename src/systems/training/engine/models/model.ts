import type { PreprocessingOptions } from "../../../../algorithms/image/augmentation/options.ts";
import type { GraphModel } from "../../../../graph/index.ts";

/** What decides a model's shapes and graphs. */
export interface ModelChoice {
  readonly framework: string;
  readonly name: string;
  readonly numClasses: number;
  /** Side of the square input in pixels. */
  readonly imageSize: number;
  /** Only the head is trained; the rest stays as it is, its batch norms with stored statistics. */
  readonly frozen: boolean;
  /** How the inputs were normalised: filter banks want the picture's own 0..1 back. */
  readonly mean: PreprocessingOptions["mean"];
  readonly std: PreprocessingOptions["std"];
}

/** A tensor of weights by torch's name. */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Weights and buffers by name, row-major; the arrays are changed in place by whoever trains. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** A statistic that a training graph yields and the buffer that follows it. */
export interface StatisticOutput {
  /** Output of the training graph: `mean/bn1`, `variance/bn1` (unbiased, as torch keeps it). `[channels]` */
  readonly output: string;
  /** `bn1.running_mean`, `bn1.running_var`: `buffer = 0.9 buffer + 0.1 output` after each step (`STATISTICS_MOMENTUM`). */
  readonly buffer: string;
}

/** Share of a new batch in the running statistics of batch norms; torch's default. */
export const STATISTICS_MOMENTUM = 0.1;

/** What a file tells beside its weights. */
export interface ExportFacts {
  /** In the order of the logits. */
  readonly classes: readonly string[];
  readonly preprocessing: PreprocessingOptions;
  /** From 1. */
  readonly epoch: number;
  /** The metric that chose these weights; null where none was measured. */
  readonly metric: { readonly name: string; readonly value: number } | null;
  /** Of Quatrain. */
  readonly version: string;
}

/**
 * A model of one choice. Graphs are built when asked for, and the same choice and batch give the same bytes, so
 * that a graph's `hash` is the key of its session.
 */
export interface ModelDefinition {
  readonly choice: ModelChoice;
  /** Trained by the optimiser, in the order of the layers. */
  readonly parameters: readonly NamedShape[];
  /** Present and fed, but not trained. */
  readonly frozenParameters: readonly NamedShape[];
  /** Numbers that no gradient reaches: running statistics of batch norms, `features.mean` and `features.std`. */
  readonly buffers: readonly NamedShape[];
  /** Statistics of the training graph; empty where no batch norm is trained. */
  readonly statistics: readonly StatisticOutput[];
  /** What training and evaluation graphs are fed: pictures, or what `featureGraph` made of them. */
  readonly input: "images" | "features";
  /** Length of a feature row; null where `input` is `images`. */
  readonly featureDim: number | null;

  /** Fresh parameters (trained and frozen) and buffers: what torch, torchvision and timm begin with. */
  initialWeights(seed: number): Map<string, Float32Array>;

  /** `images` `[batch, 3, S, S]` (normalised) -> `features` `[batch, featureDim]`; null where `input` is `images`. */
  featureGraph(batch: number): GraphModel | null;

  /**
   * One step without the optimiser. In: `images` `[batch, 3, S, S]` or `features` `[batch, featureDim]`, `targets`
   * `[batch, classes]` (see softCrossEntropy: the division by the batch lies in them), and by their names all
   * parameters and the buffers that are read (`inputs` of the graph lists them).
   * Out: `loss` `[]`, `logits` `[batch, classes]`, `grad/NAME` for each of `parameters`, and `statistics`.
   * @throws RangeError where a batch norm would see a single value per channel: a batch of 2 is always enough.
   */
  trainingGraph(batch: number): GraphModel;

  /** In: `images` or `features`, parameters and buffers by name. Out: `logits` `[batch, classes]`. */
  evaluationGraph(batch: number): GraphModel;

  /**
   * An ONNX file that stands alone: `images` `[batch, 3, S, S]` (normalised) -> `logits`, `probabilities`
   * `[batch, classes]`, for any batch; weights are initialisers, labels and preprocessing its metadata.
   * @throws RangeError when a weight is missing or has another size.
   */
  exportOnnx(weights: Weights, facts: ExportFacts): Uint8Array;
}

/** A model as it is listed and chosen from. */
export interface ModelFacts {
  readonly framework: string;
  readonly name: string;
  readonly taskTypes: readonly string[];
  readonly defaultImageSize: number;
  /** Sizes that it takes: whole multiples of `multipleOf` from `min` to `max` pixels. */
  readonly imageSizes: { readonly min: number; readonly max: number; readonly multipleOf: number };
  /** Trained numbers with a head for 10 classes; of timm's models for the 1,000 that they are published with. */
  readonly parameterCount: number;
  /** For adamw and a batch of 32. */
  readonly recommendedLearningRate: number;
  /** The backbone is fixed by construction: only a head is ever trained. */
  readonly alwaysFrozen: boolean;
  /** Stored weights of this architecture can be loaded by name (`loadTimmWeights`). */
  readonly takesStoredWeights: boolean;
  /** Normalisation it is best fed with. */
  readonly mean: PreprocessingOptions["mean"];
  readonly std: PreprocessingOptions["std"];
  readonly description: string;
}
