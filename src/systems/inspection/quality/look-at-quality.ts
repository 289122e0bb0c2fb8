import { setImmediate } from "node:timers/promises";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { shrunkGray } from "../../../algorithms/image/quality/gray.ts";
import {
  measureQuality,
  QUALITY_SIDE,
  type QualityMeasures,
} from "../../../algorithms/image/quality/measure-quality.ts";

/** A picture's quality, measured at the size at which noise of single pixels does not count; in turns with others. */
export async function lookAtQuality(picture: Picture): Promise<QualityMeasures> {
  const shrinking = shrunkGray(picture, QUALITY_SIDE);
  for (;;) {
    const { done, value } = shrinking.next();
    if (done) return measureQuality(value);
    await setImmediate();
  }
}
