import { writeShownSrgb } from "../../src/algorithms/colour/gamut.ts";
import { LIGHTNESS_OF_GRAY, type OklabPicture, oklabPicture } from "../../src/algorithms/colour/oklab.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { turnedGray } from "./gray-pages.ts";

/** A way to colour a gray page after a reference, that knows nothing of what is drawn. */
export type Baseline = (page: Picture, reference: Picture) => Picture;

/** The reference's mean a and b everywhere. */
export const oneTint: Baseline = (page, reference) => {
  const { a, b } = oklabPicture(reference);
  const [meanA, meanB] = [mean(a), mean(b)];
  return painted(page, (lightness) => [lightness, meanA, meanB]);
};

/** The mean colour that each gray has in the reference. */
export const luminanceTable: Baseline = (page, reference) => {
  const table = tableOf(reference);
  return painted(page, (_, gray) => table[gray] as [number, number, number]);
};

/** Mean and deviation of l, a and b brought to the reference's (Reinhard et al. 2001, in OKLab). */
export const meanAndDeviation: Baseline = (page, reference) => {
  const from = oklabPicture(page);
  const to = oklabPicture(reference);
  const [meanFrom, meanTo] = [mean(from.l), mean(to.l)];
  const scale = deviation(to.l) / Math.max(1e-6, deviation(from.l));
  const [meanA, meanB] = [mean(to.a), mean(to.b)];
  return painted(page, (lightness) => [meanTo + scale * (lightness - meanFrom), meanA, meanB]);
};

function tableOf(reference: Picture): readonly (readonly [number, number, number])[] {
  const gray = turnedGray(reference).data;
  const colours: OklabPicture = oklabPicture(reference);
  const sums = Array.from({ length: 256 }, () => [0, 0, 0, 0]);
  for (let pixel = 0; pixel < colours.l.length; pixel++) {
    const sum = sums[gray[3 * pixel] as number] as number[];
    const values = [colours.l[pixel], colours.a[pixel], colours.b[pixel], 1] as number[];
    for (let part = 0; part < 4; part++) sum[part] = (sum[part] as number) + (values[part] as number);
  }
  // A gray that the reference lacks borrows from those around it.
  return sums.map((_, level) => {
    const mixed = [0, 0, 0, 1e-9];
    for (let reach = 0; reach < 256 && (mixed[3] as number) < 1; reach++)
      for (const at of new Set([level - reach, level + reach]))
        sums[at]?.forEach((value, part) => {
          mixed[part] = (mixed[part] as number) + value;
        });
    const [l = 0, a = 0, b = 0, count = 1] = mixed;
    return [l / count, a / count, b / count] as const;
  });
}

function painted(
  page: Picture,
  colour: (lightness: number, gray: number) => readonly [number, number, number],
): Picture {
  const data = new Uint8Array(page.data.length);
  for (let at = 0; at < data.length; at += 3) {
    const gray = page.data[at] as number;
    const [l, a, b] = colour(LIGHTNESS_OF_GRAY[gray] as number, gray);
    writeShownSrgb(l, a, b, data, at);
  }
  return { ...page, data };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: Float32Array): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
}
