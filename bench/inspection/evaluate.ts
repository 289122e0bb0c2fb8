import { auroc } from "../../src/algorithms/anomaly/auroc.ts";
import { scoreHeat } from "../../src/algorithms/anomaly/score-heat.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import type { FitSettings, InspectionEngine } from "../../src/systems/inspection/engine/port.ts";
import type { PictureSet } from "./picture-sets.ts";

/** Areas under the ROC curve, 0..1. */
export interface Quality {
  readonly image: number;
  readonly pixel: number;
}

/** Every so many-th pixel takes part in the pixel figure. */
const PIXEL_STEP = 7;

/** Fits on the good pictures of a set and scores the rest. */
export async function evaluate(
  engine: InspectionEngine,
  settings: FitSettings,
  { fit, good, bad }: PictureSet,
): Promise<Quality> {
  const pictures = fit.map((picture, index) => ({
    contentHash: String(index),
    load: () => Promise.resolve(picture),
  }));
  const memory = await engine.fit(pictures, settings);
  const heatOf = async (picture: Picture) => (await engine.inspect(memory, picture)).heat;
  const scores = { good: [] as number[], bad: [] as number[] };
  const pixels = { good: [] as number[], bad: [] as number[] };
  for (const picture of good) {
    const heat = await heatOf(picture);
    scores.good.push(scoreHeat(heat, null, settings.pixelPercentile));
    for (let pixel = 0; pixel < heat.data.length; pixel += PIXEL_STEP)
      pixels.good.push(heat.data[pixel] as number);
  }
  for (const { picture, truth } of bad) {
    const heat = await heatOf(picture);
    scores.bad.push(scoreHeat(heat, null, settings.pixelPercentile));
    for (let pixel = 0; pixel < heat.data.length; pixel += PIXEL_STEP)
      (truth.data[pixel] === 1 ? pixels.bad : pixels.good).push(heat.data[pixel] as number);
  }
  return {
    image: auroc(scores.good, scores.bad) ?? Number.NaN,
    pixel: auroc(pixels.good, pixels.bad) ?? Number.NaN,
  };
}
