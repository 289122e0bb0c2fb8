import { squareOf } from "../../../../algorithms/image/augmentation/square.ts";
import type { Picture } from "../../../../algorithms/image/picture.ts";
import type { TrainingConfig } from "../../config/training-config.ts";
import { readPictureFile } from "./picture-file.ts";
import { shrinkForCrop } from "./shrink-for-crop.ts";

/** `square`: as `preprocess` makes it, before it is normalised. `source`: what random crops are taken from. */
export type PictureForm = "square" | "source";

/**
 * Decoded pictures, kept while there is room. Nothing is given up for another one: an epoch uses each once, so that the
 * last one used is the last one needed again. What is kept and what is not gives the same pixels.
 */
export class PictureStore {
  readonly #files: readonly string[];
  readonly #config: Pick<TrainingConfig, "augmentation" | "preprocessing">;
  readonly #kept = { square: new Map<number, Picture>(), source: new Map<number, Picture>() };
  #freeBytes: number;

  /** @param cacheBytes room for decoded pixels, of both forms together */
  constructor(
    files: readonly string[],
    config: Pick<TrainingConfig, "augmentation" | "preprocessing">,
    cacheBytes: number,
  ) {
    this.#files = files;
    this.#config = config;
    this.#freeBytes = cacheBytes;
  }

  /**
   * @param index of the file
   * @returns shared: its pixels may not be changed
   * @throws as `readPictureFile`
   */
  async get(index: number, form: PictureForm): Promise<Picture> {
    const kept = this.#kept[form].get(index);
    if (kept !== undefined) return kept;
    const file = this.#files[index];
    if (file === undefined) throw new RangeError(`there is no picture ${index}`);
    const picture = this.#prepared(await readPictureFile(file), form);
    this.#keep(index, form, picture);
    return picture;
  }

  #prepared(picture: Picture, form: PictureForm): Picture {
    const { augmentation, preprocessing } = this.#config;
    if (form === "square") return squareOf(picture, preprocessing);
    const crop = augmentation?.crop ?? null;
    return crop === null ? picture : shrinkForCrop(picture, crop, preprocessing.imageSize);
  }

  #keep(index: number, form: PictureForm, picture: Picture): void {
    const bytes = picture.data.byteLength;
    if (bytes > this.#freeBytes || this.#kept[form].has(index)) return;
    this.#freeBytes -= bytes;
    this.#kept[form].set(index, picture);
  }
}
