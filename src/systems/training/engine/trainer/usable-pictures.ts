import type { TrainingConfig } from "../../config/training-config.ts";
import { type Loader, openLoader } from "../data/loader.ts";
import type { TrainerImage } from "../port.ts";
import { TrainingFailure } from "./failures.ts";
import type { ServerLink } from "./server-link.ts";

/** Pictures of one split that could be decoded. */
export interface SplitPictures {
  /** Places among all images of the task, ascending. */
  readonly places: Int32Array;
  readonly labels: Int32Array;
  readonly paths: readonly string[];
}

/** A dataset that is ready to be trained on. */
export interface UsablePictures {
  readonly loader: Loader;
  readonly train: SplitPictures;
  readonly validation: SplitPictures;
}

/** Decoded pictures take at most this, and a quarter of what memory there is. */
const MOST_CACHE_BYTES = 2 * 2 ** 30;
/** Broken pictures that are named in the log; of the rest the number. */
const MOST_NAMED = 20;

/**
 * Decodes all pictures once and tells in the log what is wrong with them.
 * @throws TrainingFailure `no_images` where none is left to train on; the reason of an order to stop
 */
export async function openPictures(
  images: readonly TrainerImage[],
  { config, classes }: { readonly config: TrainingConfig; readonly classes: readonly string[] },
  link: Pick<ServerLink, "tell" | "stop">,
): Promise<UsablePictures> {
  const cacheBytes = Math.min(MOST_CACHE_BYTES, process.availableMemory() / 4);
  const loader = openLoader({ images, config, cacheBytes });
  const warn = (message: string) => link.tell({ type: "log", level: "warning", message });
  let broken = 0;
  const usable = await loader.scan(({ path, reason }) => {
    if (++broken <= MOST_NAMED) warn(`${path} is left out: ${reason}`);
  }, link.stop);
  if (broken > MOST_NAMED) warn(`${broken - MOST_NAMED} more pictures are left out`);
  const train = picturesOf(images, usable, "train");
  const validation = picturesOf(images, usable, "val");
  if (train.places.length === 0)
    throw new TrainingFailure(
      "no_images",
      null,
      "There is no picture to train on: add pictures to the dataset's train split that can be decoded, then start the job again",
    );
  warnOfGaps(classes, train, validation, warn);
  return { loader, train, validation };
}

function warnOfGaps(
  classes: readonly string[],
  train: SplitPictures,
  validation: SplitPictures,
  warn: (message: string) => void,
): void {
  const without = classes.filter((_, label) => !train.labels.includes(label));
  if (without.length > 0)
    warn(`The model cannot learn ${without.slice(0, MOST_NAMED).join(", ")}: no training pictures`);
  if (validation.places.length === 0)
    warn(
      "There are no validation pictures: accuracy is that of the training pictures, and no epoch is the best",
    );
}

/** @param usable places among `images`, ascending */
function picturesOf(
  images: readonly TrainerImage[],
  usable: Int32Array,
  split: TrainerImage["split"],
): SplitPictures {
  const places = usable.filter((place) => images[place]?.split === split);
  return {
    places,
    labels: places.map((place) => images[place]?.label ?? -1),
    paths: Array.from(places, (place) => images[place]?.path ?? ""),
  };
}

/** Consecutive places in batches of `size`, the last one smaller. */
export function inBatches(places: Int32Array, size: number): Int32Array[] {
  return Array.from({ length: Math.ceil(places.length / size) }, (_, at) =>
    places.slice(at * size, (at + 1) * size),
  );
}
