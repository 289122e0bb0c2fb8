import { setImmediate as nextTurn } from "node:timers/promises";
import { augment, augmentSquare } from "../../../../algorithms/image/augmentation/augment.ts";
import { normalise } from "../../../../algorithms/image/augmentation/normalise.ts";
import { randomStream } from "../../../../algorithms/learning/random-streams.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { eachAtOnce } from "../../datasets/paths/at-once.ts";
import type { TrainerImage } from "../port.ts";
import { occurrencesOf } from "./occurrences.ts";
import { oneAhead } from "./one-ahead.ts";
import { PictureStore } from "./picture-store.ts";
import { type BrokenPicture, scanPictures } from "./scan-pictures.ts";

/** What is to be known of a picture. */
export type PictureSource = Pick<TrainerImage, "path" | "file" | "split" | "label">;

export interface BatchOptions {
  readonly images: readonly PictureSource[];
  readonly config: Pick<TrainingConfig, "augmentation" | "preprocessing" | "seed">;
  /** Room for decoded pixels; what finds none is decoded again in each epoch. */
  readonly cacheBytes: number;
}

/** Pictures as a model takes them. The arrays are the receiver's own. */
export interface Batch {
  /** `[n, 3, imageSize, imageSize]` normalised */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  /** Of the options' images. */
  readonly indices: Int32Array;
}

/** Where batches come from. */
export interface BatchMaker {
  /**
   * Decodes every picture for training and validation once, before the first epoch: what cannot be decoded is out from
   * the start, so that all epochs have the same length. What fits is kept, and not decoded again.
   * @param onBroken told once for each picture that is left out, in their order, at the end
   * @returns indices of the usable ones, ascending
   * @throws the signal's reason; an error of the file system
   */
  scan(onBroken: (broken: BrokenPicture) => void, signal?: AbortSignal): Promise<Int32Array>;
  /**
   * Pictures of an epoch, augmented. The random numbers follow from seed, epoch, picture and how often it came up
   * before in the epoch: neither order nor cache nor a resumption changes them.
   * @param batches indices for all batches of the epoch
   * @param from the first batch that is wanted
   */
  trainBatches(epoch: number, batches: readonly Int32Array[], from?: number): AsyncIterable<Batch>;
  /** Pictures as at inference. */
  validationBatches(batches: readonly Int32Array[]): AsyncIterable<Batch>;
}

/** Pictures that are decoded at once: as many as libuv has threads. */
const AT_ONCE = 4;

/**
 * Reads, prepares and batches pictures in this thread; only reading and decoding happen outside it. While a batch is
 * used, the next one is being prepared, in turns of one picture. Memory: the cache, two batches, four decoded pictures.
 */
export function openBatchMaker({ images, config, cacheBytes }: BatchOptions): BatchMaker {
  const files = images.map(({ file }) => file);
  const store = new PictureStore(files, config, cacheBytes);
  const { augmentation, preprocessing, seed } = config;
  const length = 3 * preprocessing.imageSize ** 2;

  async function square(index: number, target: Float32Array): Promise<void> {
    normalise((await store.get(index, "square")).data, preprocessing, target);
  }

  async function changed(index: number, place: readonly number[], target: Float32Array): Promise<void> {
    if (augmentation === null) return square(index, target);
    const picture = await store.get(index, augmentation.crop === null ? "square" : "source");
    const random = randomStream(seed, "augmentation", ...place);
    if (augmentation.crop === null) augmentSquare(picture, augmentation, preprocessing, random, target);
    else augment(picture, augmentation, preprocessing, random, target);
  }

  async function batchOf(
    indices: Int32Array,
    write: (index: number, slot: number, target: Float32Array) => Promise<void>,
  ): Promise<Batch> {
    const numbers = new Float32Array(indices.length * length);
    await eachAtOnce([...indices], AT_ONCE, async (index, slot) => {
      await nextTurn();
      await write(index, slot, numbers.subarray(slot * length, (slot + 1) * length));
    });
    return { images: numbers, labels: indices.map((index) => images[index]?.label ?? -1), indices };
  }

  return {
    scan: (onBroken, signal) =>
      scanPictures(
        images,
        AT_ONCE,
        async (index, split) => {
          signal?.throwIfAborted();
          const cropped = split === "train" && (augmentation?.crop ?? null) !== null;
          await store.get(index, cropped ? "source" : "square");
        },
        onBroken,
      ),
    trainBatches(epoch, batches, from = 0) {
      const occurrences = occurrencesOf(batches, images.length);
      return oneAhead(batches.slice(from), (indices, at) =>
        batchOf(indices, (index, slot, target) =>
          changed(index, [epoch, index, occurrences[from + at]?.[slot] ?? 0], target),
        ),
      );
    },
    validationBatches: (batches) =>
      oneAhead(batches, (indices) => batchOf(indices, (index, _, target) => square(index, target))),
  };
}
