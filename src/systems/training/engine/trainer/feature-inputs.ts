import { outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import type { Batch } from "../data/loader.ts";
import { openFeatureStatistics } from "../models/feature-statistics.ts";
import type { Weights } from "../models/model.ts";
import type { BatchInputs, ModelInput, TrainBatch } from "./batch-inputs.ts";
import type { ModelSessions } from "./model-sessions.ts";
import { type InputSource, mixedBatches } from "./picture-inputs.ts";
import { inBatches, type SplitPictures } from "./usable-pictures.ts";

/** What feature heads need beyond pictures. */
export interface FeatureSource extends InputSource {
  readonly sessions: ModelSessions;
  readonly featureDim: number;
  readonly batchSize: number;
  /** Whether training pictures change from epoch to epoch. */
  readonly augmented: boolean;
  /** Called between batches. @throws the reason of an order to stop */
  goOn(): Promise<void>;
}

/** A head's inputs, which are computed once for every picture that does not change. */
export interface FeatureInputs extends BatchInputs {
  /** Fills `features.mean` and `features.std` with those of the training pictures, before the first epoch. */
  fitStatistics(weights: Weights): void;
}

/**
 * Inputs of heads on a fixed backbone. O(pictures) runs of the backbone before the first epoch; with augmentation every
 * epoch runs it again.
 */
export async function featureInputs(source: FeatureSource): Promise<FeatureInputs> {
  const { train, validation, featureDim, augmented } = source;
  const [trainRows, validationRows] = [await featuresOf(source, train), await featuresOf(source, validation)];
  return {
    trainLabels: train.labels,
    validation,
    trainBatches: (epoch, batches, from) =>
      augmented
        ? freshBatches(source, epoch, batches, from)
        : keptBatches(source, trainRows, epoch, batches, from),
    async *validationBatches(size): AsyncGenerator<ModelInput> {
      for (let start = 0; start < validationRows.length; start += size * featureDim)
        yield { features: validationRows.slice(start, start + size * featureDim) };
    },
    fitStatistics(weights) {
      const statistics = openFeatureStatistics(featureDim);
      statistics.add(trainRows);
      statistics.writeTo(weights);
    },
  };
}

/** `[pictures, featureDim]` of pictures as at inference. */
async function featuresOf(source: FeatureSource, { places }: SplitPictures): Promise<Float32Array> {
  const { loader, featureDim, batchSize } = source;
  const rows = new Float32Array(places.length * featureDim);
  let at = 0;
  for await (const { images, labels } of loader.validationBatches(inBatches(places, batchSize))) {
    await source.goOn();
    const features = await run(source, images, labels.length);
    rows.set(features, at);
    at += features.length;
  }
  return rows;
}

async function* freshBatches(
  source: FeatureSource,
  epoch: number,
  batches: readonly Int32Array[],
  from: number,
): AsyncGenerator<TrainBatch> {
  for await (const { feeds, labels } of mixedBatches(source, epoch, batches, from)) {
    const { images = new Float32Array(0), targets = images } = feeds;
    yield { feeds: { features: await run(source, images, labels.length), targets }, labels };
  }
}

async function* keptBatches(
  { train, targetsOf, featureDim }: FeatureSource,
  rows: Float32Array,
  epoch: number,
  batches: readonly Int32Array[],
  from: number,
): AsyncGenerator<TrainBatch> {
  for (const [offset, samples] of batches.slice(from).entries()) {
    const features = new Float32Array(samples.length * featureDim);
    for (const [slot, sample] of samples.entries())
      features.set(rows.subarray(sample * featureDim, (sample + 1) * featureDim), slot * featureDim);
    const batch: Batch = {
      images: new Float32Array(0),
      labels: samples.map((sample) => train.labels[sample] ?? -1),
      indices: samples.map((sample) => train.places[sample] ?? -1),
    };
    yield { feeds: { features, targets: targetsOf(batch, epoch, from + offset) }, labels: batch.labels };
  }
}

/** `[rows, featureDim]`. The backbone has no weights: its numbers are constants of its graph. */
async function run({ sessions }: FeatureSource, images: Float32Array, rows: number): Promise<Float32Array> {
  const outputs = await sessions.run("features", rows, { images }, new Map());
  return outputOf(outputs, "features", "float32").data;
}
