import { auroc } from "../../src/algorithms/anomaly/auroc.ts";
import { scoreHeat } from "../../src/algorithms/anomaly/score-heat.ts";
import type { Picture, Plane } from "../../src/algorithms/image/picture.ts";
import { rankingOf } from "../../src/algorithms/learning/evaluation/precision-recall.ts";
import type { FitSettings, InspectionEngine } from "../../src/systems/inspection/engine/port.ts";
import type { PictureSet } from "./picture-sets.ts";

/** Learns from good pictures how strange each pixel of another one is. */
export type Learner = (fit: readonly Picture[]) => Promise<(picture: Picture) => Promise<Plane>>;

/** All 0..1; NaN where a set has no such pictures. */
export interface Quality {
  /** Area under the ROC curve of the maxima of the heat. */
  readonly image: number;
  /** The same of the bad pictures with faint flaws only. */
  readonly faint: number;
  /** Area under the ROC curve of the pixels. */
  readonly pixel: number;
  /** Average precision of the pixels: what falls on flaws, of all that is hot. */
  readonly pixelPrecision: number;
}

/** Every so many-th pixel takes part in the pixel figures. */
const PIXEL_STEP = 7;

/** Fits on the good pictures of a set and scores the rest. */
export async function evaluate(learn: Learner, { fit, good, bad }: PictureSet): Promise<Quality> {
  const heatOf = await learn(fit);
  const scores = { good: [] as number[], bad: [] as number[], faint: [] as number[] };
  const pixels = { good: [] as number[], bad: [] as number[] };
  for (const picture of good) {
    const heat = await heatOf(picture);
    scores.good.push(scoreHeat(heat, null, 100));
    for (let pixel = 0; pixel < heat.data.length; pixel += PIXEL_STEP)
      pixels.good.push(heat.data[pixel] as number);
  }
  for (const { picture, truth, faint } of bad) {
    const heat = await heatOf(picture);
    const score = scoreHeat(heat, null, 100);
    scores.bad.push(score);
    if (faint) scores.faint.push(score);
    for (let pixel = 0; pixel < heat.data.length; pixel += PIXEL_STEP)
      (truth.data[pixel] === 1 ? pixels.bad : pixels.good).push(heat.data[pixel] as number);
  }
  const hot = Float64Array.from(pixels.bad).sort();
  const all = Float64Array.from([...pixels.good, ...pixels.bad]).sort();
  return {
    image: auroc(scores.good, scores.bad) ?? Number.NaN,
    faint: auroc(scores.good, scores.faint) ?? Number.NaN,
    pixel: auroc(pixels.good, pixels.bad) ?? Number.NaN,
    pixelPrecision: rankingOf(all, hot).averagePrecision,
  };
}

/** An engine of the product as a learner. */
export function engineLearner(engine: InspectionEngine, settings: FitSettings): Learner {
  return async (fit) => {
    const pictures = fit.map((picture, index) => ({
      contentHash: String(index),
      load: () => Promise.resolve(picture),
    }));
    const memory = await engine.fit(pictures, settings);
    return async (picture) => (await engine.inspect(memory, picture)).heat;
  };
}
