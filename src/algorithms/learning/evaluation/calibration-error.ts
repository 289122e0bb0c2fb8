import type { PictureScore } from "./report.ts";

const BINS = 15;

/**
 * Expected calibration error of the predicted class (Guo et al. 2017, equation 3): pictures in 15 bins of equal width by
 * confidence, (i/15, (i+1)/15]; the mean distance between accuracy and confidence of a bin, by its pictures. 0 without any.
 */
export function expectedCalibrationError(pictures: readonly PictureScore[]): number {
  const excess = new Float64Array(BINS);
  for (const { trueLabel, predictedLabel, confidence } of pictures) {
    const bin = Math.min(Math.max(Math.ceil(confidence * BINS) - 1, 0), BINS - 1);
    excess[bin] = (excess[bin] as number) + (trueLabel === predictedLabel ? 1 : 0) - confidence;
  }
  // a bin's pictures cancel: |accuracy - confidence| * pictures / all = |sum of both| / all
  return excess.reduce((sum, bin) => sum + Math.abs(bin), 0) / Math.max(1, pictures.length);
}
