import { QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import { eachAtOnce } from "../../datasets/paths/at-once.ts";
import type { TrainerImage } from "../port.ts";

/** A picture that cannot be used. */
export interface BrokenPicture {
  readonly index: number;
  /** In the dataset. */
  readonly path: string;
  /** In the user's terms. */
  readonly reason: string;
}

/**
 * Touches every picture that trains or validates, several at once, in their order.
 * @param onBroken told at the end, in the pictures' order: what could not be decoded
 * @returns indices of the others, ascending
 * @throws what `touch` throws unless it is a fault of the picture (a refusal with status 400)
 */
export async function scanPictures(
  images: readonly Pick<TrainerImage, "path" | "split">[],
  atOnce: number,
  touch: (index: number, split: TrainerImage["split"]) => Promise<void>,
  onBroken: (broken: BrokenPicture) => void,
): Promise<Int32Array> {
  const wanted = images.flatMap(({ split }, index) => (split === "test" ? [] : [index]));
  const reasons = new Map<number, string>();
  await eachAtOnce(wanted, atOnce, async (index) => {
    try {
      await touch(index, images[index]!.split);
    } catch (error) {
      if (!(error instanceof QuatrainError) || error.status !== 400) throw error;
      reasons.set(index, error.message);
    }
  });
  for (const index of wanted) {
    const reason = reasons.get(index);
    if (reason !== undefined) onBroken({ index, path: images[index]!.path, reason });
  }
  return Int32Array.from(wanted.filter((index) => !reasons.has(index)));
}
