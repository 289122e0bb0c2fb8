import type { TurnedBox } from "../../../algorithms/image/cut-picture.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { PictureDrawer } from "../drawing/drawing-thread.ts";
import { type Answering, type CropRequest, type InferDeps, inspectCrop, withScale } from "./infer-roi.ts";

/** One ROI of a picture. */
export interface BatchCrop extends CropRequest {
  /** The whole picture when null. */
  readonly box: TurnedBox | null;
}

/** What became of one ROI: what `answer` made of it, or why it could not be inspected. */
export type BatchOutcome<Result> = { readonly result: Result } | { readonly failure: QuatrainError };

/**
 * Several ROIs of one picture, one after the other, each with the checks of `/infer`; a ROI that cannot be inspected
 * says why and keeps no other from it. The picture is decoded once.
 * @throws QuatrainError 400 when the picture itself cannot be read
 */
export async function inferBatch<Result>(
  deps: InferDeps & { readonly drawer: PictureDrawer },
  image: Uint8Array,
  crops: readonly BatchCrop[],
  answer: (index: number) => Answering<Result>,
): Promise<BatchOutcome<Result>[]> {
  return deps.pictures.withDecoded(image, async (picture) => {
    const outcomes: BatchOutcome<Result>[] = [];
    for (const [index, crop] of crops.entries()) {
      crop.signal?.throwIfAborted();
      outcomes.push(await inferOne(deps, picture, crop, answer(index)));
    }
    return outcomes;
  });
}

async function inferOne<Result>(
  deps: InferDeps & { readonly drawer: PictureDrawer },
  picture: Picture,
  crop: BatchCrop,
  answer: Answering<Result>,
): Promise<BatchOutcome<Result>> {
  try {
    const result = await withScale(deps, crop, async () => {
      const part = crop.box === null ? picture : await deps.drawer.cut(picture, crop.box);
      return answer(await inspectCrop(deps, crop, part), part);
    });
    return { result };
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.status >= 500 || crop.signal?.aborted) throw error;
    return { failure: error };
  }
}
