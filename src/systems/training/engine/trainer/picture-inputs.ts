import type { Loader } from "../data/loader.ts";
import type { BatchInputs, ModelInput, TrainBatch } from "./batch-inputs.ts";
import type { TargetMaker } from "./batch-targets.ts";
import { inBatches, type SplitPictures } from "./usable-pictures.ts";

/** What both kinds of inputs are made of. */
export interface InputSource {
  readonly loader: Loader;
  readonly train: SplitPictures;
  readonly validation: SplitPictures;
  readonly targetsOf: TargetMaker;
}

/** Inputs of models that see pictures. */
export function pictureInputs(source: InputSource): BatchInputs {
  const { loader, train, validation } = source;
  return {
    trainLabels: train.labels,
    validation,
    trainBatches: (epoch, batches, from) => mixedBatches(source, epoch, batches, from),
    async *validationBatches(size): AsyncGenerator<ModelInput> {
      for await (const { images } of loader.validationBatches(inBatches(validation.places, size)))
        yield { images };
    },
  };
}

/** Training batches of pictures with their targets. */
export async function* mixedBatches(
  { loader, train, targetsOf }: InputSource,
  epoch: number,
  batches: readonly Int32Array[],
  from: number,
): AsyncGenerator<TrainBatch> {
  const places = batches.map((samples) => samples.map((sample) => train.places[sample] ?? -1));
  let at = from;
  for await (const batch of loader.trainBatches(epoch, places, from)) {
    const targets = targetsOf(batch, epoch, at++);
    yield { feeds: { images: batch.images, targets }, labels: batch.labels };
  }
}
